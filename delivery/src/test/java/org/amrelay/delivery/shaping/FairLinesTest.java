// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.shaping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FairLinesTest {
    private final FairLines<String> lines = new FairLines<>(party -> party.equals("heavy") ? 3 : 1);

    @Test
    void givesANewcomerTheNextTurnButOneHoweverMuchTheOtherHas() {
        lines.add("big", "lane");
        for (int i = 0; i < 1000; i++) {
            turn();
        }
        lines.add("small", "lane");
        assertThat(List.of(turn(), turn())).contains("small lane");
    }

    @Test
    void givesAPartyAsMuchInManyLanesAsInOne() {
        for (int i = 0; i < 100; i++) {
            lines.add("big", "lane " + i);
        }
        lines.add("small", "own lane");
        List<String> turns = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            turns.add(turn());
        }
        assertThat(turns).filteredOn("small own lane"::equals).hasSize(10);
        assertThat(turns).contains("big lane 0", "big lane 1", "big lane 9").doesNotContain("big lane 10");
    }

    @Test
    void sharesByWeight() {
        lines.add("heavy", "lane");
        lines.add("light", "lane");
        Map<String, Integer> counts = new TreeMap<>();
        for (int i = 0; i < 400; i++) {
            counts.merge(turn(), 1, Integer::sum);
        }
        assertThat(counts.get("heavy lane")).isBetween(299, 301);
    }

    @Test
    void aPartyCannotSaveUpTurnsNorEscapeItsDebt() {
        lines.add("away", "lane");
        lines.remove("away", "lane");
        lines.add("there", "lane");
        for (int i = 0; i < 100; i++) {
            turn();
        }
        lines.add("away", "lane");
        List<String> turns = List.of(turn(), turn(), turn(), turn());
        assertThat(turns).filteredOn("away lane"::equals).hasSizeBetween(1, 2);
        lines.remove("away", "lane");
        lines.add("away", "lane");
        assertThat(List.of(turn(), turn(), turn(), turn()))
                .filteredOn("away lane"::equals)
                .hasSizeBetween(1, 2);
    }

    @Test
    void keepsAHeldPartyBack() {
        lines.add("a", "lane");
        lines.add("b", "lane");
        lines.hold("a");
        lines.add("a", "other");
        assertThat(List.of(turn(), turn())).containsOnly("b lane");
        lines.remove("b", "lane");
        assertThat(lines.isEmpty()).isTrue();
        lines.release("a");
        assertThat(List.of(turn(), turn())).containsExactlyInAnyOrder("a lane", "a other");
    }

    @Property(seed = "1", tries = 200)
    void noPartyThatWaitsFallsBehindByMoreThanATurn(
            @ForAll @Size(min = 2, max = 6) List<@DoubleRange(min = 0.1, max = 10) Double> weights,
            @ForAll @IntRange(min = 1, max = 400) int turns) {
        FairLines<String> fair = new FairLines<>(party -> weights.get(Integer.parseInt(party)));
        for (int i = 0; i < weights.size(); i++) {
            fair.add(Integer.toString(i), "lane");
        }
        double[] served = new double[weights.size()];
        for (int i = 0; i < turns; i++) {
            FairLines.Turn<String> turn = fair.next().orElseThrow();
            fair.served(turn);
            int party = Integer.parseInt(turn.party());
            served[party] += 1 / weights.get(party);
        }
        for (int one = 0; one < served.length; one++) {
            for (int other = 0; other < served.length; other++) {
                double apart = Math.max(1 / weights.get(one), 1 / weights.get(other));
                assertThat(served[one] - served[other]).isLessThanOrEqualTo(apart + 1e-6);
            }
        }
    }

    private String turn() {
        FairLines.Turn<String> turn = lines.next().orElseThrow();
        lines.served(turn);
        return turn.party() + " " + turn.lane();
    }
}
