// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.rcpt;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.amrelay.james.ReturnPaths;
import org.amrelay.mail.address.DomainPattern;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.smtp.rcpt.RecipientDirectory.Existence;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.junit.jupiter.api.Test;

class RefuseUnknownRecipientTest {
    private final ReturnPaths paths = new ReturnPaths("ours.example", List.of("secret"), Clock.systemUTC());
    private final SMTPSession session = (SMTPSession) Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {SMTPSession.class},
            (proxy, method, arguments) -> method.getName().equals("getSessionID") ? "session-1" : null);

    private HookResult says(Existence existence, String domains, String recipient) throws Exception {
        RefuseUnknownRecipient hook = new RefuseUnknownRecipient(address -> existence, paths);
        BaseHierarchicalConfiguration config = new BaseHierarchicalConfiguration();
        config.addProperty("domains", domains);
        hook.init(config);
        return hook.doRcpt(session, MaybeSender.nullSender(), new MailAddress(recipient));
    }

    @Test
    void refusesWhoIsMissingInItsDomainsOnly() throws Exception {
        HookResult refusal = says(Existence.MISSING, "ours.example", "bob@Ours.example");
        assertThat(refusal.getSmtpRetCode()).isEqualTo("550");
        assertThat(refusal.getSmtpDescription()).isEqualTo("5.1.1 there is no such recipient");
        assertThat(says(Existence.MISSING, "ours.example", "bob@elsewhere.example"))
                .isEqualTo(HookResult.DECLINED);
        assertThat(says(Existence.MISSING, "", "bob@ours.example")).isEqualTo(HookResult.DECLINED);
    }

    @Test
    void neverRefusesForGoodWhatCannotBeLookedUp() throws Exception {
        assertThat(says(Existence.UNKNOWN, "ours.example", "bob@ours.example").getSmtpRetCode())
                .isEqualTo("451");
        assertThat(says(Existence.UNASKED, "ours.example", "bob@ours.example")).isEqualTo(HookResult.DECLINED);
        assertThat(says(Existence.EXISTS, "ours.example", "bob@ours.example")).isEqualTo(HookResult.DECLINED);
    }

    @Test
    void refusesForTheDomainsOfTheDirectoryAndNeverWaitsWithoutAny() throws Exception {
        RecipientDirectory knows = new RecipientDirectory() {
            @Override
            public Existence find(EmailAddress address) {
                return Existence.MISSING;
            }

            @Override
            public Set<DomainPattern> domains() {
                return Set.of(DomainPattern.of("ours.example"));
            }
        };
        RefuseUnknownRecipient hook = new RefuseUnknownRecipient(knows, paths);
        hook.init(new BaseHierarchicalConfiguration());
        assertThat(hook.neverWaits()).isFalse();
        assertThat(hook.doRcpt(session, MaybeSender.nullSender(), new MailAddress("bob@ours.example"))
                        .getSmtpRetCode())
                .isEqualTo("550");
        RefuseUnknownRecipient shipped = new RefuseUnknownRecipient(address -> Existence.MISSING, paths);
        shipped.init(new BaseHierarchicalConfiguration());
        assertThat(shipped.neverWaits()).isTrue();
        assertThat(shipped.doRcpt(session, MaybeSender.nullSender(), new MailAddress("bob@ours.example")))
                .isEqualTo(HookResult.DECLINED);
    }

    @Test
    void leavesReturnPathsOfOursToTheHookThatKnowsThem() throws Exception {
        String tagged = paths.sign(EmailAddress.of("bob@ours.example")).toString();
        assertThat(says(Existence.MISSING, "ours.example", tagged)).isEqualTo(HookResult.DECLINED);
    }
}
