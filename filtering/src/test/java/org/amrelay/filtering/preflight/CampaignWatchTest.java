// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.DnsAnswer;
import org.amrelay.mail.dns.RecordType;
import org.amrelay.mail.dns.Zone;
import org.amrelay.mail.message.MessageView;
import org.junit.jupiter.api.Test;

class CampaignWatchTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    private final AtomicInteger asked = new AtomicInteger();
    private final Dns zone = Zone.of("; TIMEOUT shop.example");
    private final Dns counting = new Dns() {
        @Override
        public <T> CompletionStage<DnsAnswer<T>> query(String name, RecordType<T> type) {
            asked.incrementAndGet();
            return zone.query(name, type);
        }
    };
    private final CampaignWatch watch = new CampaignWatch(counting);

    private boolean look(int recipients, Duration later) {
        SenderFacts facts = new SenderFacts(ReversePath.of("news@shop.example"), Set.of(), 0, 5, NOON.plus(later));
        MessageView view =
                MessageView.of("From: news@shop.example\r\n\r\nhello\r\n".getBytes(StandardCharsets.US_ASCII));
        CampaignSettings settings = new CampaignSettings(10, Duration.ofHours(1), List.of());
        return watch.look(settings, "shop", view, facts, recipients).isPresent();
    }

    @Test
    void asksForNoNamesAboutMailToFew() {
        assertThat(look(3, Duration.ZERO)).isFalse();
        assertThat(asked).hasValue(0);
    }

    @Test
    void asksOnceInAWhileForTheNamesOfACampaign() {
        assertThat(look(10, Duration.ZERO)).isTrue();
        int once = asked.get();
        assertThat(once).isPositive();
        assertThat(look(10, Duration.ofMinutes(9))).isTrue();
        assertThat(asked).hasValue(once);
        assertThat(look(10, Duration.ofMinutes(11))).isTrue();
        assertThat(asked).hasValue(2 * once);
    }
}
