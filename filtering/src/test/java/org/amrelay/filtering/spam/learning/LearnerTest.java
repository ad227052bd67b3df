// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam.learning;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LearnerTest {
    private record Fixed(boolean isSpam, double points, int[] features) implements Learner.Lesson {}

    @Test
    void tellsApartWhatItHasLearned() throws IOException {
        List<Fixed> lessons = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            lessons.add(new Fixed(i % 2 == 0, 0, new int[] {(i % 2 + 1) << 24, (i % 20 + 7) << 20}));
        }
        WeightTable table = new WeightTable(WeightTable.GLOBAL_BITS);
        Learner.teach(table, lessons, 4, 1);
        assertThat(table.points(lessons.get(0).features())).isGreaterThan(Learner.EVEN);
        assertThat(table.points(lessons.get(1).features())).isLessThan(Learner.EVEN);
        assertThat(table.ham()).isEqualTo(100);
        assertThat(table.spam()).isEqualTo(100);
    }

    @Test
    void learnsTheSameFromTheSame() throws IOException {
        List<Fixed> lessons =
                List.of(new Fixed(true, 1, new int[] {1 << 20}), new Fixed(false, 0, new int[] {1 << 21, 1 << 22}));
        WeightTable one = new WeightTable(WeightTable.GLOBAL_BITS);
        WeightTable other = new WeightTable(WeightTable.GLOBAL_BITS);
        Learner.teach(one, lessons, 3, 7);
        Learner.teach(other, lessons, 3, 7);
        assertThat(one.weights()).isEqualTo(other.weights());
    }
}
