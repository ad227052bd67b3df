// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam.learning;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The digests of texts that people reported as spam or as wanted, the {@value #MOST} newest, for {@value #DAYS} days.
 *
 * <p>Two digests mean the same text when at most {@value #DIFFERENCE} bits differ; then one of their four quarters is alike,
 * which is how they are found. Safe for several threads.
 */
final class ReportedTexts {
    private static final int MOST = 20_000;
    private static final int DAYS = 90;
    private static final int DIFFERENCE = 3;
    private static final int QUARTERS = 4;

    /** Spam counts up, wanted mail down. */
    private record Report(long digest, int balance, Instant at) {}

    private final Map<Long, Report> reports = new LinkedHashMap<>();
    private final Map<Integer, List<Long>> byQuarter = new HashMap<>();

    /** How often such a text was reported as spam more than as wanted. */
    synchronized OptionalInt find(long digest, Instant now) {
        Report near = near(digest);
        return near == null || near.at.isBefore(now.minus(Duration.ofDays(DAYS)))
                ? OptionalInt.empty()
                : OptionalInt.of(near.balance);
    }

    synchronized void report(long digest, boolean isSpam, Instant now) {
        Report near = near(digest);
        int balance = (near == null ? 0 : near.balance) + (isSpam ? 1 : -1);
        if (near != null) {
            remove(near.digest);
        }
        put(new Report(near == null ? digest : near.digest, Math.max(-100, Math.min(100, balance)), now));
        if (reports.size() > MOST) {
            remove(reports.keySet().iterator().next());
        }
    }

    private @Nullable Report near(long digest) {
        for (int quarter = 0; quarter < QUARTERS; quarter++) {
            for (long other : byQuarter.getOrDefault(key(digest, quarter), List.of())) {
                if (Long.bitCount(other ^ digest) <= DIFFERENCE) {
                    return reports.get(other);
                }
            }
        }
        return null;
    }

    private static int key(long digest, int quarter) {
        return quarter << 16 | (int) (digest >>> quarter * 16 & 0xffff);
    }

    private void put(Report report) {
        reports.put(report.digest, report);
        for (int quarter = 0; quarter < QUARTERS; quarter++) {
            byQuarter
                    .computeIfAbsent(key(report.digest, quarter), key -> new ArrayList<>(1))
                    .add(report.digest);
        }
    }

    private void remove(long digest) {
        reports.remove(digest);
        for (int quarter = 0; quarter < QUARTERS; quarter++) {
            byQuarter.computeIfPresent(key(digest, quarter), (key, all) -> {
                all.remove((Object) digest);
                return all.isEmpty() ? null : all;
            });
        }
    }

    /** Twenty octets a report, the oldest first. */
    synchronized byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(reports.size() * 20);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (Report report : reports.values()) {
                out.writeLong(report.digest);
                out.writeInt(report.balance);
                out.writeLong(report.at.toEpochMilli());
            }
        } catch (IOException impossible) {
            throw new IllegalStateException("memory has no disk that is full", impossible);
        }
        return bytes.toByteArray();
    }

    /** Reads what {@link #bytes} wrote; a damaged end is left out. */
    static ReportedTexts of(byte[] bytes) {
        ReportedTexts texts = new ReportedTexts();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            while (in.available() >= 20) {
                texts.put(new Report(in.readLong(), in.readInt(), Instant.ofEpochMilli(in.readLong())));
            }
        } catch (IOException impossible) {
            throw new IllegalStateException("memory cannot fail", impossible);
        }
        return texts;
    }
}
