// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import javax.mail.MessagingException;
import org.amrelay.delivery.queue.NewDelivery;
import org.amrelay.james.DeliveryHandOver;
import org.amrelay.mail.envelope.Notify;
import org.apache.james.core.MailAddress;
import org.apache.mailet.DsnParameters;
import org.apache.mailet.Mail;
import org.apache.mailet.base.test.FakeMail;
import org.apache.mailet.base.test.FakeMailContext;
import org.apache.mailet.base.test.FakeMailetConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelayDeliveryTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    private final List<NewDelivery> handedOver = new ArrayList<>();
    private final FakeMailContext context = FakeMailContext.defaultContext();
    private final FakeMailetConfig.Builder config =
            FakeMailetConfig.builder().mailetName("RelayDelivery").mailetContext(context);
    private DeliveryHandOver handOver = (mail, deliveries) -> handedOver.addAll(deliveries);
    private FakeMail mail;

    @BeforeEach
    void aMailIsOnItsWay() throws Exception {
        mail = FakeMail.builder()
                .name("mail-1")
                .state("transport")
                .sender("alice@relay.example")
                .recipients("bob@example.org", "carol@example.com", "dave@Example.org")
                .build();
    }

    @Test
    void sendsByMailExchangersOneDeliveryForEachDomain() throws Exception {
        service();
        assertThat(handedOver)
                .extracting(delivery -> delivery.nextHop().toString())
                .containsExactly("mx:example.org", "mx:example.com");
        assertThat(handedOver.get(0).recipients())
                .extracting(recipient -> recipient.address().localPart())
                .containsExactly("bob", "dave");
        assertThat(handedOver.get(0).firstAttemptAt()).isEqualTo(NOW);
        assertThat(handedOver.get(0).expiresAt()).isEqualTo(NOW.plus(Duration.ofDays(5)));
        assertThat(mail.getState()).isEqualTo(Mail.GHOST);
    }

    @Test
    void sendsEverythingToTheGatewayButWhatARouteNames() throws Exception {
        config.setProperty("gateway", "smart.example")
                .setProperty("routes", "example.com=[::1]:2525")
                .setProperty("expiry", "2h");
        service();
        assertThat(handedOver)
                .extracting(delivery -> delivery.nextHop().toString())
                .containsExactly("host:smart.example:25", "host:::1:2525");
        assertThat(handedOver.get(0).expiresAt()).isEqualTo(NOW.plus(Duration.ofHours(2)));
    }

    @Test
    void keepsWhatTheSenderWantsToHear() throws Exception {
        mail.setDsnParameters(DsnParameters.builder()
                .addRcptParameter(
                        new MailAddress("bob@example.org"),
                        DsnParameters.RecipientDsnParameters.of(EnumSet.of(DsnParameters.Notify.NEVER)))
                .build()
                .orElseThrow());
        service();
        assertThat(handedOver.get(0).recipients().get(0).notifyOn()).containsExactly(Notify.NEVER);
    }

    @Test
    void neverBouncesWhenTheHandOverFails() throws Exception {
        handOver = (mail, deliveries) -> {
            throw new MessagingException("disk full");
        };
        service();
        assertThat(mail.getState()).isEqualTo(Mail.GHOST);
        assertThat(context.getSentMails())
                .singleElement()
                .extracting(FakeMailContext.SentMail::getState)
                .isEqualTo("transport");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "routes | example.org | has 'example.org', which is not domain=next hop",
                "routes | *=smart.example | has '*=smart.example', which is not domain=next hop",
                "routes | a.example=mx, A.example=mx | names a.example twice",
                "routes | a.example=host:0 | the route of 'a.example' is 'host:0'",
                "gateway | smart.example:99999 | is not a next hop such as mx, host or host:port",
                "gateway | a b | is not a next hop such as mx, host or host:port",
                "expiry | 10s | 'expiry' is less than 1m",
                "nexthop | x | 'nexthop' is unknown"
            })
    void refusesToStartWithABadParameter(String name, String value, String complaint) {
        config.setProperty(name, value);
        assertThatThrownBy(this::service).isInstanceOf(MessagingException.class).hasMessageContaining(complaint);
    }

    private void service() throws MessagingException {
        RelayDelivery mailet = new RelayDelivery(handOver, Clock.fixed(NOW, ZoneOffset.UTC));
        mailet.init(config.build());
        mailet.service(mail);
    }
}
