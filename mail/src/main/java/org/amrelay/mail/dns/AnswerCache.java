// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.dns;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Keeps answers for their lifetime, and no more than so many: the least recently used goes first. */
final class AnswerCache {
    private record Kept(DnsAnswer<?> answer, Instant until) {}

    private final InstantSource clock;
    private final Map<Question, Kept> answers;

    AnswerCache(int most, InstantSource clock) {
        this.clock = clock;
        this.answers = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Question, Kept> eldest) {
                return size() > most;
            }
        };
    }

    synchronized Optional<DnsAnswer<?>> get(Question question) {
        Kept kept = answers.get(question);
        if (kept == null) {
            return Optional.empty();
        }
        if (!clock.instant().isBefore(kept.until())) {
            answers.remove(question);
            return Optional.empty();
        }
        return Optional.of(kept.answer());
    }

    synchronized void put(Question question, DnsAnswer<?> answer) {
        answers.put(question, new Kept(answer, clock.instant().plus(answer.lifetime())));
    }

    synchronized int size() {
        return answers.size();
    }
}
