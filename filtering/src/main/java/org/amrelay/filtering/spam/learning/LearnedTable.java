// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam.learning;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * What was taught to one account or to all, as changes of weights that fade: after {@value #HALF_LIFE_DAYS} days half is left.
 * Immutable.
 */
final class LearnedTable {
    private static final int VERSION = 1;
    private static final int HALF_LIFE_DAYS = 180;
    /** A change that small says nothing any more. */
    private static final float LEAST = 0.002f;

    private final WeightTable table;
    private final Instant at;

    private LearnedTable(WeightTable table, Instant at) {
        this.table = table;
        this.at = at;
    }

    static LearnedTable empty(int bits, Instant now) {
        return new LearnedTable(new WeightTable(bits), now);
    }

    double points(int[] features) {
        return table.points(features);
    }

    long lessons() {
        return table.ham() + table.spam();
    }

    /**
     * The table after one more lesson, and after the time that has passed.
     *
     * @param points of all that is known about the message
     */
    LearnedTable taught(int[] features, boolean isSpam, double points, double rate, Instant now) {
        float[] weights = faded(now);
        WeightTable next = new WeightTable(table.bits(), weights, table.ham(), table.spam());
        next.learn(features, isSpam, points, rate);
        next.count(isSpam);
        // Without what was only needed for learning
        WeightTable kept = new WeightTable(table.bits(), weights, next.ham(), next.spam());
        return new LearnedTable(kept, now.isAfter(at) ? now : at);
    }

    private float[] faded(Instant now) {
        float[] weights = Arrays.copyOf(table.weights(), table.weights().length);
        double days = Math.max(0, Duration.between(at, now).toMillis())
                / (double) Duration.ofDays(1).toMillis();
        float left = (float) Math.pow(0.5, days / HALF_LIFE_DAYS);
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.abs(weights[i]) < LEAST ? 0 : weights[i] * left;
        }
        return weights;
    }

    /** A version, counts, a time, and the weights that are not zero with their distances, compressed. */
    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
            out.writeByte(VERSION);
            out.writeByte(table.bits());
            out.writeLong(table.ham());
            out.writeLong(table.spam());
            out.writeLong(at.toEpochMilli());
            float[] weights = table.weights();
            int last = -1;
            for (int i = 0; i < weights.length; i++) {
                if (Math.abs(weights[i]) >= LEAST) {
                    out.writeInt(i - last);
                    out.writeFloat(weights[i]);
                    last = i;
                }
            }
            out.writeInt(0);
        } catch (IOException impossible) {
            throw new IllegalStateException("memory has no disk that is full", impossible);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads what {@link #bytes} wrote.
     *
     * @throws IOException with a sentence when it is something else
     */
    static LearnedTable of(byte[] bytes, int bits) throws IOException {
        try (DataInputStream in = new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(bytes)))) {
            if (in.readByte() != VERSION || in.readByte() != bits) {
                throw new IOException("what was learned is of another version");
            }
            long ham = in.readLong();
            long spam = in.readLong();
            Instant at = Instant.ofEpochMilli(in.readLong());
            float[] weights = new float[1 << bits];
            int place = -1;
            for (int distance = in.readInt(); distance != 0; distance = in.readInt()) {
                place += distance;
                if (distance < 0 || place >= weights.length) {
                    throw new IOException("what was learned is damaged");
                }
                weights[place] = in.readFloat();
            }
            return new LearnedTable(new WeightTable(bits, weights, ham, spam), at);
        }
    }
}
