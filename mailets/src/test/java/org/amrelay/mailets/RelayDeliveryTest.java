// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.Guice;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import javax.mail.MessagingException;
import javax.mail.internet.AddressException;
import org.amrelay.delivery.dsn.NoticeTemplates;
import org.amrelay.delivery.queue.NewDelivery;
import org.amrelay.delivery.route.RouteBook;
import org.amrelay.delivery.route.RouteBookReader;
import org.amrelay.delivery.route.RouteBooks;
import org.amrelay.delivery.route.RouteResources;
import org.amrelay.james.DeliveryHandOver;
import org.amrelay.james.RecipientFates;
import org.amrelay.james.RoutingTraits;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.envelope.Notify;
import org.apache.james.core.MailAddress;
import org.apache.james.util.MimeMessageUtil;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
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
    private final List<String> fates = new ArrayList<>();
    private final FakeMailContext context =
            FakeMailContext.builder().postmaster(postmaster()).build();
    private final FakeMailetConfig.Builder config =
            FakeMailetConfig.builder().mailetName("RelayDelivery").mailetContext(context);
    private DeliveryHandOver handOver = (mail, deliveries) -> handedOver.addAll(deliveries);
    private RouteBook book = RouteBook.empty();
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
    void keepsRecipientsApartThatHaveReturnPathsOfTheirOwn() throws Exception {
        mail.setAttribute(new Attribute(
                AttributeName.of("org.amrelay.return-paths"),
                AttributeValue.of(Map.of(
                        "bob@example.org", AttributeValue.of("alice=v=b@relay.example"),
                        "dave@example.org", AttributeValue.of("alice=v=d@relay.example")))));
        service();
        assertThat(handedOver)
                .extracting(delivery -> delivery.nextHop() + " "
                        + delivery.recipients().get(0).address().localPart() + " "
                        + delivery.returnPath().map(EmailAddress::toString).orElse("-"))
                .containsExactly(
                        "mx:example.org bob alice=v=b@relay.example",
                        "mx:example.com carol -",
                        "mx:example.org dave alice=v=d@relay.example");
    }

    private static MailAddress postmaster() {
        try {
            return new MailAddress("postmaster@relay.example");
        } catch (AddressException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RouteBook routes(String... lines) {
        return RouteBookReader.read(
                "routes:\n" + String.join("\n", lines), new RouteResources(Map.of(), Path.of("/nowhere")));
    }

    @Test
    void letsTheRouteBookDecideBeforeItsOwnRoutesAndTheGateway() throws Exception {
        book = routes(
                "- {name: bob, to: smarthosts, hosts: h, when: {recipients: bob@example.org}}",
                "- {name: fallback, to: smarthosts, hosts: h, when: {senders: other.example}}");
        config.setProperty("gateway", "smart.example").setProperty("routes", "example.com=mx, example.org=mx");
        service();
        assertThat(handedOver)
                .extracting(delivery -> delivery.nextHop().toString())
                .containsExactly("route:bob", "mx:example.com", "mx:example.org");
        assertThat(fates).isEmpty();
    }

    @Test
    void drawsOneHostForAllRecipientsOfAMail() throws Exception {
        book = routes("- {name: s, to: smarthosts, share: by-weight, hosts: [a, b, c, d, e, f, g, h]}");
        service();
        assertThat(handedOver)
                .singleElement()
                .satisfies(delivery -> assertThat(delivery.recipients()).hasSize(3));
    }

    @Test
    void discardsAndRejectsByRouteAndDeliversToTheOthers() throws Exception {
        book = routes(
                "- {name: tests, to: discard, when: {recipients: dave@example.org}}",
                "- {name: rivals, to: reject, reply: 550 5.7.9 We do not write to them, when: {recipients: example.com}}");
        mail.setMessage(MimeMessageUtil.mimeMessageFromString("Subject: hi\r\n\r\ntext\r\n"));
        service();
        assertThat(handedOver)
                .singleElement()
                .satisfies(delivery -> assertThat(delivery.recipients())
                        .extracting(recipient -> recipient.address().toString())
                        .containsExactly("bob@example.org"));
        assertThat(fates)
                .containsExactlyInAnyOrder(
                        "dave@example.org DISCARDED route tests: discarded by a rule",
                        "carol@example.com BOUNCED route rivals: 550 5.7.9 We do not write to them");
        assertThat(mail.getState()).isEqualTo(Mail.GHOST);
        assertThat(context.getSentMails()).singleElement().satisfies(notice -> {
            assertThat(notice.getRecipients()).extracting(MailAddress::asString).containsExactly("alice@relay.example");
            assertThat(MimeMessageUtil.asString(notice.getMsg()))
                    .contains("carol@example.com", "Status: 5.7.9", "We do not write to them")
                    .doesNotContain("dave@example.org");
        });
    }

    @Test
    void asksTheMailForWhatRoutesLookAt() throws Exception {
        book = routes(
                "- name: s",
                "  to: discard",
                "  when:",
                "    headers: {Subject: 'grüße*'}",
                "    attributes: {score: '> 5'}",
                "    accounts: shop",
                "    ports: 2587",
                "    larger-than: 10");
        mail.setMessage(MimeMessageUtil.mimeMessageFromString(
                "Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe_aus?=\r\n Bonn\r\n\r\ntext\r\n"));
        mail.setMessageSize(4711);
        mail.setAttribute(new Attribute(AttributeName.of("score"), AttributeValue.of(5.5)));
        mail.setAttribute(new Attribute(Mail.SMTP_AUTH_USER, AttributeValue.of("shop")));
        mail.setAttribute(new Attribute(RoutingTraits.PORT, AttributeValue.of(2587)));
        service();
        assertThat(handedOver).isEmpty();
        assertThat(fates).hasSize(3).allMatch(fate -> fate.contains("DISCARDED route s"));
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
        RelayDelivery mailet = new RelayDelivery(
                handOver, Clock.fixed(NOW, ZoneOffset.UTC), new RouteBooks(book), NoticeTemplates.english());
        RecipientFates notes = (ended, recipient, state, by, becomes) -> fates.add(recipient + " " + state + " " + by);
        Guice.createInjector(binder -> binder.bind(RecipientFates.class).toInstance(notes))
                .injectMembers(mailet);
        mailet.init(config.build());
        mailet.service(mail);
    }
}
