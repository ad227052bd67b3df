// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.rcpt;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.List;
import org.amrelay.james.ReturnPaths;
import org.amrelay.mail.address.EmailAddress;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RefuseForgedBouncesTest {
    private final ReturnPaths paths = new ReturnPaths("relay.example", List.of("secret"), Clock.systemUTC());
    private final RefuseForgedBounces hook = new RefuseForgedBounces(paths);
    private final SMTPSession session = (SMTPSession) Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {SMTPSession.class},
            (proxy, method, arguments) -> method.getName().equals("getSessionID") ? "session-1" : null);

    @BeforeEach
    void ann() throws Exception {
        BaseHierarchicalConfiguration config = new BaseHierarchicalConfiguration();
        config.addProperty("accounts", "ann@ours.example");
        hook.init(config);
    }

    private HookResult says(MaybeSender sender, String recipient) throws Exception {
        return hook.doRcpt(session, sender, new MailAddress(recipient));
    }

    private static MaybeSender stranger() throws Exception {
        return MaybeSender.of(new MailAddress("eve@elsewhere.example"));
    }

    @Test
    void letsBouncesThroughToAddressesThatTheRelayMade() throws Exception {
        for (EmailAddress made : List.of(
                paths.sign(EmailAddress.of("ann@ours.example")), paths.forward(EmailAddress.of("bob@far.example")))) {
            assertThat(says(MaybeSender.nullSender(), made.toString())).isEqualTo(HookResult.DECLINED);
        }
    }

    @Test
    void isNoWayToSendThroughAnAddressThatSomebodyHasReadInAHeader() throws Exception {
        String victim = paths.forward(EmailAddress.of("victim@far.example")).toString();
        assertThat(says(stranger(), victim).getSmtpDescription()).isEqualTo("5.7.1 only bounces come here");
    }

    @Test
    void refusesWhatTheRelayDidNotMake() throws Exception {
        String made = paths.forward(EmailAddress.of("bob@far.example")).toString();
        String forged = made.replace("bob", "rob");
        assertThat(says(MaybeSender.nullSender(), forged).getSmtpRetCode()).isEqualTo("550");
    }

    @Test
    void refusesBouncesOfMailThatAnAccountHasNeverSent() throws Exception {
        assertThat(says(MaybeSender.nullSender(), "ann@ours.example").getSmtpRetCode())
                .isEqualTo("550");
        assertThat(says(stranger(), "ann@ours.example")).isEqualTo(HookResult.DECLINED);
        assertThat(says(MaybeSender.nullSender(), "eve@ours.example")).isEqualTo(HookResult.DECLINED);
    }
}
