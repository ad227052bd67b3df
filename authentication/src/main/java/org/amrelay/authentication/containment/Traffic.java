// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.containment;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;

/** Counts of the last day in steps of ten minutes. */
final class Traffic {
    private static final int STEP = 600;
    private static final int STEPS = 144;

    /** One message to many is a mailing, not a burst: more of its recipients do not count. */
    private static final int OF_A_MESSAGE = 4;

    private final int[] messages = new int[STEPS];
    private final int[] recipients = new int[STEPS];
    private final int[] strangers = new int[STEPS];
    private long step;

    /** A time for which habits are kept. */
    enum Span {
        MINUTES(2, "within ten minutes", 8, 8),
        HOUR(7, "within an hour", 20, 10),
        DAY(STEPS, "within a day", 60, 12);

        /** The step that began already counts in full, so that nothing hides behind a border. */
        final int steps;

        final String words;
        /** So many recipients are no burst, whatever is usual. */
        final int floor;

        final int strangersFloor;

        Span(int steps, String words, int floor, int strangersFloor) {
            this.steps = steps;
            this.words = words;
            this.floor = floor;
            this.strangersFloor = strangersFloor;
        }
    }

    void add(Instant at, int all, int unknown) {
        long now = Math.max(step, at.getEpochSecond() / STEP);
        for (long passed = Math.max(step + 1, now - STEPS + 1); passed <= now; passed++) {
            int index = (int) (passed % STEPS);
            messages[index] = 0;
            recipients[index] = 0;
            strangers[index] = 0;
        }
        step = now;
        int index = (int) (now % STEPS);
        messages[index]++;
        recipients[index] += Math.min(OF_A_MESSAGE, all);
        strangers[index] += Math.min(OF_A_MESSAGE, unknown);
    }

    void clear() {
        Arrays.fill(messages, 0);
        Arrays.fill(recipients, 0);
        Arrays.fill(strangers, 0);
    }

    int messages(Span span) {
        return sum(messages, span);
    }

    int recipients(Span span) {
        return sum(recipients, span);
    }

    int strangers(Span span) {
        return sum(strangers, span);
    }

    private int sum(int[] counts, Span span) {
        int sum = 0;
        for (int back = 0; back < span.steps; back++) {
            sum += counts[(int) Math.floorMod(step - back, (long) STEPS)];
        }
        return sum;
    }

    void writeTo(DataOutputStream out) throws IOException {
        out.writeLong(step);
        BaselineCodec.write(out, messages);
        BaselineCodec.write(out, recipients);
        BaselineCodec.write(out, strangers);
    }

    void readFrom(DataInputStream in) throws IOException {
        step = BaselineCodec.number(in, false);
        BaselineCodec.read(in, messages);
        BaselineCodec.read(in, recipients);
        BaselineCodec.read(in, strangers);
    }
}
