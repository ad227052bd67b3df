// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam.learning;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Trains a table with many messages, in several rounds in an order of their own. For one thread. */
public final class Learner {
    /** Points at which a message is as likely spam as not. */
    public static final double EVEN = 3;

    private static final double RATE = 1.5;

    /** A message to learn from. */
    public interface Lesson {
        boolean isSpam();

        /** Points of the message beside those of the table. */
        double points();

        int[] features() throws IOException;
    }

    private Learner() {}

    /**
     * Teaches a table.
     *
     * @param rounds how often each lesson is looked at
     * @param seed of the order, so that the same lessons give the same table
     */
    public static void teach(WeightTable table, List<? extends Lesson> lessons, int rounds, long seed)
            throws IOException {
        List<Lesson> order = new ArrayList<>(lessons);
        Random random = new Random(seed);
        for (int round = 0; round < rounds; round++) {
            Collections.shuffle(order, random);
            double rate = RATE / (1 + round);
            for (Lesson lesson : order) {
                int[] features = lesson.features();
                table.learn(features, lesson.isSpam(), lesson.points() + table.points(features), rate);
            }
        }
        lessons.forEach(lesson -> table.count(lesson.isSpam()));
    }
}
