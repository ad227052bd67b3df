// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.amrelay.filtering.spam.learning.Learner;
import org.amrelay.filtering.spam.learning.WeightTable;

/**
 * How well scores tell spam from ham. Immutable.
 *
 * @param auc area under the ROC curve: how likely a spam has more points than a ham
 * @param recallAtThousandth part of the spam that is found when one ham in a thousand is taken for spam
 * @param recallAtHundredth the same for one in a hundred
 * @param falsePositives ham with the required points or more
 * @param found spam with the required points or more
 */
public record Evaluation(
        int ham,
        int spam,
        double auc,
        double recallAtThousandth,
        double recallAtHundredth,
        double required,
        int falsePositives,
        int found) {
    private static final int ROUNDS = 4;

    /** Judges scores. */
    public static Evaluation of(double[] ham, double[] spam, double required) {
        double[] low = ham.clone();
        Arrays.sort(low);
        return new Evaluation(
                ham.length,
                spam.length,
                auc(low, spam),
                recall(low, spam, 0.001),
                recall(low, spam, 0.01),
                required,
                (int) Arrays.stream(ham).filter(score -> score >= required).count(),
                (int) Arrays.stream(spam).filter(score -> score >= required).count());
    }

    private static double auc(double[] sortedHam, double[] spam) {
        if (sortedHam.length == 0 || spam.length == 0) {
            return Double.NaN;
        }
        double wins = 0;
        for (double score : spam) {
            int below = firstAtLeast(sortedHam, score);
            int notAbove = firstAtLeast(sortedHam, Math.nextUp(score));
            wins += below + (notAbove - below) / 2.0;
        }
        return wins / sortedHam.length / spam.length;
    }

    private static int firstAtLeast(double[] sorted, double value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double recall(double[] sortedHam, double[] spam, double falsePositives) {
        if (sortedHam.length == 0 || spam.length == 0) {
            return Double.NaN;
        }
        int allowed = (int) Math.floor(sortedHam.length * falsePositives);
        double limit = sortedHam[sortedHam.length - 1 - allowed];
        return Arrays.stream(spam).filter(score -> score > limit).count() / (double) spam.length;
    }

    /**
     * Scores each example by a table that was taught with the others.
     *
     * @param folds in how many parts they are cut, by their order
     */
    public static Evaluation crossValidated(List<Example> examples, int folds, double required) throws IOException {
        double[] scores = new double[examples.size()];
        for (int fold = 0; fold < folds; fold++) {
            List<Example> others = new ArrayList<>();
            for (int i = 0; i < examples.size(); i++) {
                if (i % folds != fold) {
                    others.add(examples.get(i));
                }
            }
            WeightTable table = taught(others, 1);
            for (int i = fold; i < examples.size(); i += folds) {
                scores[i] =
                        examples.get(i).points() + table.points(examples.get(i).features());
            }
        }
        return of(pick(examples, scores, false), pick(examples, scores, true), required);
    }

    /** Scores the examples by a table that does not know them. */
    public static Evaluation by(WeightTable table, List<Example> examples, double required) {
        double[] scores = examples.stream()
                .mapToDouble(each -> each.points() + table.points(each.features()))
                .toArray();
        return of(pick(examples, scores, false), pick(examples, scores, true), required);
    }

    /** A table that has learned the examples. */
    public static WeightTable taught(List<Example> examples, long seed) throws IOException {
        WeightTable table = new WeightTable(WeightTable.GLOBAL_BITS);
        Learner.teach(table, examples, ROUNDS, seed);
        return table;
    }

    private static double[] pick(List<Example> examples, double[] scores, boolean isSpam) {
        double[] picked = new double[scores.length];
        int count = 0;
        for (int i = 0; i < scores.length; i++) {
            if (examples.get(i).isSpam() == isSpam) {
                picked[count++] = scores[i];
            }
        }
        return Arrays.copyOf(picked, count);
    }
}
