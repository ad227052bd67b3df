// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam.learning;

import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.amrelay.filtering.spam.rules.Hit;
import org.amrelay.filtering.spam.specimen.Specimen;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What people taught, for everybody and for each account. Tables are read from the memory when they are first asked for, and
 * the {@value #MOST_ACCOUNTS} accounts that were asked for last stay. Safe for several threads.
 */
public final class LearnedTables implements Learned {
    private static final Logger LOGGER = LoggerFactory.getLogger(LearnedTables.class);
    private static final String EVERYBODY = "everybody";
    private static final String TEXTS = "texts";
    private static final String ACCOUNT = "account ";
    private static final int MOST_ACCOUNTS = 500;
    private static final int ACCOUNT_BITS = 14;
    /** How far one lesson goes for those who did not give it, and for the one who did. */
    private static final double RATE_OF_EVERYBODY = 0.15;

    private static final double RATE_OF_ACCOUNT = 0.6;
    private static final double MOST_POINTS = 6;
    private static final double POINTS_OF_A_COPY = 4;

    private final LearnedMemory memory;
    private final InstantSource clock;
    private final Map<String, LearnedTable> accounts = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, LearnedTable> eldest) {
            return size() > MOST_ACCOUNTS;
        }
    };
    /** Names of accounts that taught something; the others cost nothing. */
    private final Set<String> taught = ConcurrentHashMap.newKeySet();

    private final ReportedTexts texts;
    private volatile LearnedTable everybody;

    /** Reads what everybody has been taught; blocks on the disk. */
    public LearnedTables(LearnedMemory memory, InstantSource clock) {
        this.memory = memory;
        this.clock = clock;
        memory.names().stream()
                .filter(name -> name.startsWith(ACCOUNT))
                .map(name -> name.substring(ACCOUNT.length()))
                .forEach(taught::add);
        this.everybody = table(EVERYBODY, WeightTable.GLOBAL_BITS);
        this.texts = memory.load(TEXTS).map(ReportedTexts::of).orElseGet(ReportedTexts::new);
    }

    private LearnedTable table(String name, int bits) {
        Optional<byte[]> kept = memory.load(name);
        try {
            return kept.isPresent() ? LearnedTable.of(kept.get(), bits) : LearnedTable.empty(bits, clock.instant());
        } catch (IOException damaged) {
            LOGGER.warn("what {} was taught about spam is forgotten: {}", name, damaged.getMessage());
            return LearnedTable.empty(bits, clock.instant());
        }
    }

    private LearnedTable of(String account) {
        synchronized (accounts) {
            return accounts.computeIfAbsent(account, name -> table(ACCOUNT + name, ACCOUNT_BITS));
        }
    }

    @Override
    public double points(int[] features, Optional<String> reader) {
        double points = everybody.points(features)
                + reader.map(account -> account.toLowerCase(Locale.ROOT))
                        .filter(taught::contains)
                        .map(account -> of(account).points(features))
                        .orElse(0.0);
        return Math.max(-MOST_POINTS, Math.min(MOST_POINTS, points));
    }

    @Override
    public Optional<Hit> known(Specimen specimen) {
        OptionalLong digest = TextDigest.of(specimen);
        OptionalInt times = digest.isPresent() ? texts.find(digest.getAsLong(), clock.instant()) : OptionalInt.empty();
        return times.isPresent() && times.getAsInt() > 0
                ? Optional.of(new Hit(
                        "REPORTED",
                        POINTS_OF_A_COPY,
                        "almost the same was reported as spam, " + times.getAsInt() + " times"))
                : Optional.empty();
    }

    /**
     * Learns one message.
     *
     * @param points of all that is known about it but for what is learned here
     * @param account that says so; empty when it is the relay's operator
     */
    public void teach(Specimen specimen, int[] features, boolean isSpam, double points, Optional<String> account) {
        synchronized (this) {
            // An operator's word counts for everybody as an account's does for itself
            double rate = account.isPresent() ? RATE_OF_EVERYBODY : RATE_OF_ACCOUNT;
            everybody = everybody.taught(features, isSpam, points + everybody.points(features), rate, clock.instant());
            memory.keep(EVERYBODY, everybody.bytes());
        }
        account.map(name -> name.toLowerCase(Locale.ROOT)).ifPresent(name -> teach(name, features, isSpam, points));
        TextDigest.of(specimen).ifPresent(digest -> {
            texts.report(digest, isSpam, clock.instant());
            memory.keep(TEXTS, texts.bytes());
        });
    }

    private synchronized void teach(String account, int[] features, boolean isSpam, double points) {
        LearnedTable before = of(account);
        double all = points + everybody.points(features) + before.points(features);
        LearnedTable after = before.taught(features, isSpam, all, RATE_OF_ACCOUNT, clock.instant());
        synchronized (accounts) {
            accounts.put(account, after);
        }
        taught.add(account);
        memory.keep(ACCOUNT + account, after.bytes());
    }

    /** How many lessons everybody's table had. */
    public long lessons() {
        return everybody.lessons();
    }
}
