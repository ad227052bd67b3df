// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.shaping;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SourceCapsTest {
    private static final Instant NOW = Instant.parse("2026-11-25T22:00:00Z");
    private static final Instant NEXT_DAY = Instant.parse("2026-11-26T00:00:00Z");

    private final Map<String, String> kept = new HashMap<>();
    private InetAddress fresh = InetAddress.getLoopbackAddress();
    private InetAddress old = InetAddress.getLoopbackAddress();

    private final ShapingMemory memory = new ShapingMemory() {
        @Override
        public Map<String, String> load() {
            return Map.copyOf(kept);
        }

        @Override
        public void keep(String name, String value) {
            kept.put(name, value);
        }
    };

    @BeforeEach
    void addresses() throws Exception {
        fresh = InetAddress.getByName("192.0.2.8");
        old = InetAddress.getByName("192.0.2.1");
    }

    private Shaping open(Optional<LocalDate> start) {
        WarmUp plan = new WarmUp("192.0.2.8", start, List.of(2L, 3L));
        return Shaping.open(
                new ShapingRules(
                        SiteLimits.none(),
                        List.of(),
                        List.of(),
                        Recovery.standard(),
                        Optional.empty(),
                        Map.of(fresh, plan),
                        Map.of(),
                        Optional.empty()),
                memory,
                NOW);
    }

    @Test
    void countsEachAddressAndSiteAndDay() {
        SourceCaps caps = open(Optional.of(LocalDate.of(2026, 11, 25))).sourceCaps();
        caps.count(fresh, "google", 1, NOW);
        assertThat(caps.admits(fresh, "google", NOW)).isTrue();
        caps.count(fresh, "google", 1, NOW);
        assertThat(caps.admits(fresh, "google", NOW)).isFalse();
        assertThat(caps.admits(fresh, "yahoo", NOW)).isTrue();
        assertThat(caps.admits(old, "google", NOW)).isTrue();
        assertThat(SourceCaps.tomorrow(NOW)).isEqualTo(NEXT_DAY);
        assertThat(caps.admits(fresh, "google", NEXT_DAY)).isTrue();
        caps.count(fresh, "google", 3, NEXT_DAY);
        assertThat(caps.admits(fresh, "google", NEXT_DAY)).isFalse();
        assertThat(caps.admits(fresh, "google", NEXT_DAY.plusSeconds(86_400)))
                .as("after the last day")
                .isTrue();
    }

    @Test
    void givesBackWhatDidNotLeave() {
        SourceCaps caps = open(Optional.empty()).sourceCaps();
        caps.count(fresh, "google", 2, NOW);
        caps.count(fresh, "google", -1, NOW);
        assertThat(caps.admits(fresh, "google", NOW)).isTrue();
        caps.count(fresh, "yahoo", -1, NOW);
        caps.count(fresh, "yahoo", 2, NOW);
        assertThat(caps.admits(fresh, "yahoo", NOW)).isFalse();
    }

    @Test
    void remembersStartAndCountsAndSurvivesADamagedNote() {
        Shaping first = open(Optional.empty());
        first.sourceCaps().count(fresh, "google", 2, NOW);
        first.keepSources(NOW);
        assertThat(kept)
                .containsEntry("warm-up 192.0.2.8", "2026-11-25")
                .containsKey("source 192.0.2.8 google")
                .hasSize(2);
        assertThat(open(Optional.empty()).sourceCaps().admits(fresh, "google", NOW))
                .isFalse();
        kept.put("source 192.0.2.8 google", "much");
        assertThat(open(Optional.empty()).sourceCaps().admits(fresh, "google", NOW))
                .isTrue();
    }
}
