// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amrelay.james.DmarcObservations;
import org.amrelay.james.Verdicts;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.Zone;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.protocols.smtp.SMTPConfiguration;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.server.core.MailImpl;
import org.apache.james.server.core.MimeMessageInputStreamSource;
import org.apache.james.server.core.MimeMessageWrapper;
import org.junit.jupiter.api.Test;

class AuthenticateTest {
    private static final Dns DNS = Zone.of(
            "_dmarc.bank.example TXT \"v=DMARC1; p=reject; rua=mailto:reports@bank.example\"",
            "bank.example TXT \"v=spf1 ip4:192.0.2.0/24 -all\"",
            "; SERVFAIL _dmarc.slow.example");
    private final List<String> reported = new ArrayList<>();
    private final BaseHierarchicalConfiguration config = new BaseHierarchicalConfiguration();

    private static SMTPSession session(String client, boolean relaying) {
        SMTPConfiguration configuration = proxy(SMTPConfiguration.class, Map.of("getHelloName", "mx.example"));
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
                        relaying,
                        "getAttachment",
                        Optional.of("helo.example")));
    }

    private static <T> T proxy(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answers.get(method.getName())));
    }

    private static MailImpl mail(String author) throws Exception {
        MailImpl mail = MailImpl.builder()
                .name("mail-1")
                .sender("joe@bank.example")
                .addRecipient("bob@relay.example")
                .build();
        mail.setMessageNoCopy(new MimeMessageWrapper(MimeMessageInputStreamSource.create(
                "m", new java.io.ByteArrayInputStream(("From: a@" + author + "\r\n\r\nx\r\n").getBytes()))));
        return mail;
    }

    private HookResult says(SMTPSession session, MailImpl mail) throws Exception {
        Authenticate hook =
                new Authenticate(DNS, (seen, what) -> reported.add(seen.domain() + " " + what), Clock.systemUTC());
        hook.init(config);
        return hook.onMessage(session, mail);
    }

    @Test
    void writesOnTheMailWhatItFoundOut() throws Exception {
        MailImpl mail = mail("bank.example");
        assertThat(says(session("192.0.2.9", false), mail)).isEqualTo(HookResult.DECLINED);
        assertThat(Verdicts.of(mail)).hasValueSatisfying(results -> {
            assertThat(results.authservId()).isEqualTo("mx.example");
            assertThat(results.of("spf"))
                    .last()
                    .satisfies(spf -> assertThat(spf.result()).isEqualTo("pass"));
            assertThat(results.of("dmarc").get(0).result()).isEqualTo("pass");
        });
    }

    @Test
    void refusesWhatTheAuthorsDomainWantsRejected() throws Exception {
        HookResult result = says(session("203.0.113.9", false), mail("bank.example"));
        assertThat(result.getSmtpRetCode()).isEqualTo("550");
        assertThat(result.getSmtpDescription()).startsWith("5.7.26 ");
        assertThat(reported).containsExactly("bank.example REJECT");
        config.addProperty("dmarcReject", "record");
        MailImpl taken = mail("bank.example");
        assertThat(says(session("203.0.113.9", false), taken)).isEqualTo(HookResult.DECLINED);
        assertThat(DmarcObservations.of(taken)).isPresent();
        assertThat(reported).hasSize(1);
    }

    @Test
    void refusesWhatSpfForbidsWhenToldSo() throws Exception {
        config.addProperty("spfFail", "refuse");
        assertThat(says(session("203.0.113.9", false), mail("other.example")).getSmtpDescription())
                .startsWith("5.7.23 ");
    }

    @Test
    void neverRefusesWhenTheDnsDoesNotAnswer() throws Exception {
        MailImpl mail = mail("slow.example");
        assertThat(says(session("203.0.113.9", false), mail)).isEqualTo(HookResult.DECLINED);
        assertThat(Verdicts.of(mail).orElseThrow().of("dmarc").get(0).result()).isEqualTo("temperror");
    }

    @Test
    void leavesAloneWhatComesFromUsersAndFromThisMachine() throws Exception {
        for (SMTPSession session : new SMTPSession[] {session("203.0.113.9", true), session("127.0.0.1", false)}) {
            MailImpl mail = mail("bank.example");
            assertThat(says(session, mail)).isEqualTo(HookResult.DECLINED);
            assertThat(Verdicts.of(mail)).isEmpty();
        }
    }

    @Test
    void hasTheClientTryLaterWhenTheMessageCannotBeRead() throws Exception {
        MailImpl mail = MailImpl.builder()
                .name("mail-1")
                .addRecipient("bob@relay.example")
                .build();
        assertThat(says(session("203.0.113.9", false), mail).getSmtpRetCode()).isEqualTo("451");
    }

    @Test
    void refusesSettingsThatMeanNothing() {
        config.addProperty("dmarcReject", "maybe");
        config.addProperty("except", "home");
        assertThatThrownBy(() -> new Authenticate(
                                DNS, (seen, what) -> reported.add(seen.domain() + " " + what), Clock.systemUTC())
                        .init(config))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("'dmarcReject': 'maybe' is none of record, refuse")
                .hasMessageContaining("'except': 'home' is not a network");
    }
}
