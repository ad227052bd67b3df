// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.amrelay.filtering.preflight.Campaigns.Campaign;
import org.junit.jupiter.api.Test;

class CampaignsTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    private final Campaigns campaigns = new Campaigns();
    private final CampaignSettings settings = new CampaignSettings(100, Duration.ofHours(1), List.of());

    private long count(int recipients, int minutes) {
        return campaigns
                .count(settings, "alice", "shop.example", recipients, NOON.plus(Duration.ofMinutes(minutes)))
                .map(Campaign::recipients)
                .orElse(0L);
    }

    @Test
    void beginsWithTheHundredthRecipient() {
        assertThat(count(99, 0)).isZero();
        assertThat(count(1, 5)).isEqualTo(100);
    }

    @Test
    void forgetsSmoothly() {
        assertThat(count(100, 0)).isEqualTo(100);
        assertThat(count(60, 90)).isEqualTo(110);
        assertThat(count(60, 115)).isEqualTo(128);
        assertThat(count(1, 400)).isZero();
    }

    @Test
    void keepsAccountsAndDomainsApart() {
        assertThat(count(99, 0)).isZero();
        assertThat(campaigns.count(settings, "bob", "shop.example", 99, NOON)).isEmpty();
        assertThat(campaigns.count(settings, "alice", "other.example", 99, NOON))
                .isEmpty();
    }

    @Test
    void isNewUntilSomebodyWasToldAndAgainADayLater() {
        assertThat(campaigns
                        .count(settings, "alice", "shop.example", 100, NOON)
                        .orElseThrow()
                        .isNew())
                .isTrue();
        campaigns.told("alice", "shop.example", NOON);
        assertThat(campaigns
                        .count(settings, "alice", "shop.example", 100, NOON.plusSeconds(60))
                        .orElseThrow()
                        .isNew())
                .isFalse();
        assertThat(campaigns
                        .count(settings, "alice", "shop.example", 100, NOON.plus(Duration.ofHours(24)))
                        .orElseThrow()
                        .isNew())
                .isTrue();
    }

    @Test
    void bearsAClockThatIsSetBack() {
        assertThat(count(100, 0)).isEqualTo(100);
        assertThat(count(1, -600)).isEqualTo(101);
    }

    @Test
    void isBounded() {
        for (int i = 0; i < 30_000; i++) {
            assertThat(campaigns.count(settings, "account " + i, "shop.example", 99, NOON))
                    .isEmpty();
        }
        assertThat(campaigns.count(settings, "account 0", "shop.example", 1, NOON))
                .isEmpty();
        assertThat(campaigns.count(settings, "account 29999", "shop.example", 1, NOON))
                .isPresent();
    }
}
