// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam.learning;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * What was learned about features: one weight for each of a fixed number of places, in points of score.
 *
 * <p>Features whose hashes share a place share a weight. Not safe for several threads while it learns.
 */
public final class WeightTable {
    /** Places of the table for everybody, as a power of two. */
    public static final int GLOBAL_BITS = 18;

    private static final String SHIPPED = "/org/amrelay/filtering/spam/spam.model";
    private static final float MOST = 8;

    private final int shift;
    private final float[] weights;
    private float[] squares = {};
    private long ham;
    private long spam;

    public WeightTable(int bits) {
        this(bits, new float[1 << bits], 0, 0);
    }

    /** As it was kept. */
    public WeightTable(int bits, float[] weights, long ham, long spam) {
        if (weights.length != 1 << bits) {
            throw new IllegalArgumentException(weights.length + " weights are no table of " + bits + " bits");
        }
        this.shift = 32 - bits;
        this.weights = weights;
        this.ham = ham;
        this.spam = spam;
    }

    /** What the program brings along; a table that knows nothing when it brings none. */
    public static WeightTable shipped() {
        try (InputStream in = WeightTable.class.getResourceAsStream(SHIPPED)) {
            return in == null ? new WeightTable(GLOBAL_BITS) : ModelFile.read(in);
        } catch (IOException broken) {
            throw new UncheckedIOException("the build has a broken " + SHIPPED, broken);
        }
    }

    public long ham() {
        return ham;
    }

    public long spam() {
        return spam;
    }

    public int bits() {
        return 32 - shift;
    }

    /** The weights themselves, for those who keep them; not to be changed. */
    public float[] weights() {
        return weights;
    }

    /** What the features add up to, in points; 0 before anything was learned. */
    public double points(int[] features) {
        if (features.length == 0) {
            return 0;
        }
        double sum = 0;
        for (int feature : features) {
            sum += weights[feature >>> shift];
        }
        return sum * scale(features);
    }

    private static double scale(int[] features) {
        return 1 / Math.sqrt(features.length);
    }

    /**
     * Moves the weights of a message towards what it is.
     *
     * @param points what all that is known about the message adds up to, so that only what is wrong is learned
     * @param rate how far
     */
    public void learn(int[] features, boolean isSpam, double points, double rate) {
        double error = (isSpam ? 1 : 0) - probability(points);
        double step = error * scale(features);
        if (squares.length == 0) {
            // Those that only score do without
            squares = new float[weights.length];
        }
        for (int feature : features) {
            int place = feature >>> shift;
            squares[place] += (float) (step * step);
            double moved = weights[place] + rate * step / (0.1 + Math.sqrt(squares[place]));
            weights[place] = (float) Math.max(-MOST, Math.min(MOST, moved));
        }
    }

    /** Counts a message that was learned. */
    public void count(boolean isSpam) {
        if (isSpam) {
            spam++;
        } else {
            ham++;
        }
    }

    /** How likely a message of so many points is spam. */
    public static double probability(double points) {
        return 1 / (1 + Math.exp(-(points - Learner.EVEN)));
    }
}
