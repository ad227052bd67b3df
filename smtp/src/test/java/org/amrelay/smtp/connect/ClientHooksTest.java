// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.amrelay.authentication.greylist.GreylistEntry;
import org.amrelay.authentication.greylist.GreylistStore;
import org.amrelay.james.ClientScore;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.Zone;
import org.amrelay.smtp.data.DeferStrangers;
import org.amrelay.smtp.mail.CheckSenderDomain;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.smtp.SMTPConfiguration;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.server.core.MailImpl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The hooks that judge a client: what they refuse, what they only count, and whom they leave alone. */
class ClientHooksTest {
    private static final Dns DNS = Zone.of(
            "9.2.0.192.bl.example A 127.0.0.2",
            "9.2.0.192.wl.example A 127.0.0.1",
            "null.example MX 0 .",
            "good.example MX 10 mx.good.example.",
            "; SERVFAIL broken.example");
    private final BaseHierarchicalConfiguration config = new BaseHierarchicalConfiguration();
    private MailImpl mail;

    @BeforeEach
    void aMailComes() throws Exception {
        mail = from("joe@good.example");
    }

    private static MailImpl from(String sender) throws Exception {
        return MailImpl.builder()
                .name("mail-1")
                .sender(sender)
                .addRecipient("bob@relay.example")
                .build();
    }

    private static SMTPSession session(String client, String helo) {
        SMTPConfiguration configuration = proxy(SMTPConfiguration.class, Map.of("getHelloName", "mx.relay.example"));
        return proxy(
                SMTPSession.class,
                Map.of(
                        "getSessionID",
                        "session-1",
                        "getConfiguration",
                        configuration,
                        "getRemoteAddress",
                        new InetSocketAddress(client, 25),
                        "isRelayingAllowed",
                        false,
                        "getAttachment",
                        Optional.of(helo)));
    }

    private static <T> T proxy(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answers.get(method.getName())));
    }

    private static final SMTPSession STRANGER = session("192.0.2.9", "mx.relay.example");
    private static final SMTPSession NEIGHBOUR = session("127.0.0.1", "mx.relay.example");

    private CheckDnsLists lists(String lists) throws ConfigurationException {
        CheckDnsLists hook = new CheckDnsLists(DNS, Clock.systemUTC());
        config.addProperty("lists", lists);
        hook.init(config);
        return hook;
    }

    @Test
    void listsCountAndRefuseFromASumOn() throws Exception {
        config.addProperty("refuseFrom", "2");
        CheckDnsLists hook = lists("bl.example=2.5, wl.example=-1");
        assertThat(hook.onConnect(STRANGER)).isNull();
        assertThat(hook.onMessage(STRANGER, mail)).isEqualTo(HookResult.DECLINED);
        assertThat(ClientScore.of(mail)).isEqualTo(new ClientScore(1.5, "listed in bl.example, wl.example"));
        assertThat(hook.onMessage(NEIGHBOUR, from("a@b.example"))).isEqualTo(HookResult.DECLINED);
    }

    @Test
    void aListedClientIsToldWhere() throws Exception {
        config.addProperty("refuseFrom", "2");
        HookResult refused = lists("bl.example=2.5").onMessage(STRANGER, mail);
        assertThat(refused.getSmtpRetCode()).isEqualTo("554");
        assertThat(refused.getSmtpDescription()).isEqualTo("5.7.1 your address is listed in bl.example");
        assertThatThrownBy(() -> lists("nonsense")).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void greetingsCostPointsAndAreRefusedWhenToldSo() throws Exception {
        CheckGreeting hook = new CheckGreeting();
        hook.init(config);
        assertThat(hook.doHelo(STRANGER, "mx.relay.example")).isEqualTo(HookResult.DECLINED);
        hook.onMessage(STRANGER, mail);
        assertThat(ClientScore.of(mail)).isEqualTo(new ClientScore(1, "it calls itself by our name"));
        config.addProperty("refuse", "true");
        hook.init(config);
        assertThat(hook.doHelo(STRANGER, "mx.relay.example").getSmtpDescription())
                .startsWith("5.7.1 ");
        assertThat(hook.doHelo(STRANGER, "mx.good.example")).isEqualTo(HookResult.DECLINED);
        assertThat(hook.doHelo(NEIGHBOUR, "mx.relay.example")).isEqualTo(HookResult.DECLINED);
    }

    private HookResult says(CheckSenderDomain hook, String sender) throws Exception {
        mail = from(sender);
        hook.doMail(STRANGER, MaybeSender.of(new MailAddress(sender)));
        return hook.onMessage(STRANGER, mail);
    }

    @Test
    void senderDomainsThatTakeNoMailAreRefused() throws Exception {
        CheckSenderDomain hook = new CheckSenderDomain(DNS, Clock.systemUTC());
        hook.init(config);
        assertThat(says(hook, "joe@null.example").getSmtpDescription()).startsWith("5.7.27 ");
        assertThat(says(hook, "joe@good.example")).isEqualTo(HookResult.DECLINED);
        assertThat(says(hook, "joe@broken.example")).isEqualTo(HookResult.DECLINED);
        assertThat(ClientScore.of(mail).points()).isZero();
        assertThat(says(hook, "joe@nobody.example")).isEqualTo(HookResult.DECLINED);
        assertThat(ClientScore.of(mail).points()).isEqualTo(1);
        config.addProperty("refuseUnreachable", "true");
        hook.init(config);
        assertThat(says(hook, "joe@nobody.example").getSmtpDescription()).startsWith("5.1.8 ");
        MailImpl bounce =
                MailImpl.builder().name("m").addRecipient("bob@relay.example").build();
        assertThat(hook.onMessage(STRANGER, bounce)).isEqualTo(HookResult.DECLINED);
    }

    private static GreylistStore store(boolean works) {
        return new GreylistStore() {
            @Override
            public CompletionStage<GreylistEntry> update(
                    String key, Function<Optional<GreylistEntry>, GreylistEntry> change, Instant forgetBefore) {
                return CompletableFuture.completedFuture(change.apply(Optional.empty()));
            }

            @Override
            public CompletionStage<Optional<GreylistEntry>> find(String key) {
                return works
                        ? CompletableFuture.completedFuture(Optional.empty())
                        : CompletableFuture.failedFuture(new IllegalStateException("disk full"));
            }
        };
    }

    @Test
    void strangersAreAskedToComeBackUnlessTheStorageFails() throws Exception {
        DeferStrangers hook = new DeferStrangers(store(true), Clock.systemUTC());
        hook.init(config);
        HookResult later = hook.onMessage(STRANGER, mail);
        assertThat(later.getSmtpRetCode()).isEqualTo("451");
        assertThat(later.getSmtpDescription()).isEqualTo("4.7.1 greylisted, come back in 300 seconds");
        assertThat(hook.onMessage(NEIGHBOUR, mail)).isEqualTo(HookResult.DECLINED);
        DeferStrangers broken = new DeferStrangers(store(false), Clock.systemUTC());
        broken.init(config);
        assertThat(broken.onMessage(STRANGER, mail)).isEqualTo(HookResult.DECLINED);
        config.addProperty("delay", "3d");
        assertThatThrownBy(() -> hook.init(config)).hasMessageContaining("'delay' is shorter than 'window'");
    }
}
