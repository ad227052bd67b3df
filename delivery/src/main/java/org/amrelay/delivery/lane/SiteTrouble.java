// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.amrelay.delivery.client.Verdict.Kind;
import org.amrelay.mail.reply.Reply;

/**
 * Since when a site takes nothing, and what was heard last: why mail waits though no rule slows it.
 *
 * <p>For the engine's thread.
 */
final class SiteTrouble {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);

    private Optional<Reply> last = Optional.empty();
    private Instant since = Instant.EPOCH;
    private long times;

    void ended(Fate fate, Instant now) {
        if (fate.kind() == Kind.ACCEPTED) {
            last = Optional.empty();
            times = 0;
            return;
        }
        if (fate.kind() == Kind.REFUSED) {
            return; // an answer about one recipient says nothing of the site
        }
        if (times == 0) {
            since = now;
        }
        times++;
        last = Optional.of(fate.reply());
    }

    /** Empty when something was delivered after the last failure. */
    String sentence() {
        return last.map(reply ->
                        "nothing delivered since " + TIME.format(since) + ", x" + times + ", the last time: " + reply)
                .orElse("");
    }
}
