// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.concurrent.Callable;
import org.amrelay.mail.reply.Reply;
import org.amrelay.mail.settings.Parameter;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.HookReturnCode;
import org.junit.jupiter.api.Test;

class RelayHookTest {
    public record Settings(
            @Parameter(description = "limit", defaultsTo = "5", min = 1)
            int limit) {}

    static final class Probe extends RelayHook<Settings> {
        HookResult says(Callable<HookAnswer> decision) {
            return answer(SESSION, decision);
        }
    }

    private static final SMTPSession SESSION = (SMTPSession) Proxy.newProxyInstance(
            RelayHookTest.class.getClassLoader(),
            new Class<?>[] {SMTPSession.class},
            (proxy, method, arguments) -> method.getName().equals("getSessionID") ? "session-1" : null);

    private final Probe hook = new Probe();
    private final BaseHierarchicalConfiguration config = new BaseHierarchicalConfiguration();

    @Test
    void readsItsParametersBesideTheClassThatJamesWroteThere() throws Exception {
        config.addProperty("[@class]", "org.amrelay.Probe");
        config.addProperty("limit", "7");
        hook.init(config);
        assertThat(hook.settings()).isEqualTo(new Settings(7));
    }

    @Test
    void refusesToStartWithABadParameter() {
        config.addProperty("limt", "7");
        config.addProperty("limit", "0");
        assertThatThrownBy(() -> hook.init(config))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("'limt' is unknown, did you mean 'limit'?")
                .hasMessageContaining("'limit': '0' is less than 1");
    }

    @Test
    void passesAndAcceptsInTheWordsOfJames() {
        assertThat(hook.says(HookAnswer::pass)).isEqualTo(HookResult.DECLINED);
        assertThat(hook.says(HookAnswer::accept)).isEqualTo(HookResult.OK);
    }

    @Test
    void refusesWithCodeEnhancedCodeAndText() {
        HookResult result =
                hook.says(() -> HookAnswer.refuse(Reply.of(550, "5.7.1", "No relaying"), "not a domain of ours"));
        assertThat(result.getResult()).isEqualTo(HookReturnCode.deny());
        assertThat(result.getSmtpRetCode()).isEqualTo("550");
        assertThat(result.getSmtpDescription()).isEqualTo("5.7.1 No relaying");
    }

    @Test
    void hangsUpAfterARefusalThatSaysSo() {
        HookResult result =
                hook.says(() -> new HookAnswer.Refuse(Reply.of(421, "4.7.0", "Too many connections"), "limit", true));
        assertThat(result.getResult()).isEqualTo(HookReturnCode.disconnected(HookReturnCode.Action.DENYSOFT));
    }

    @Test
    void hasTheClientTryLaterWhenTheDecisionFails() {
        HookResult result = hook.says(() -> {
            throw new IllegalStateException("a secret cause");
        });
        assertThat(result.getResult()).isEqualTo(HookReturnCode.denySoft());
        assertThat(result.getSmtpRetCode()).isEqualTo("451");
        assertThat(result.getSmtpDescription()).startsWith("4.3.0 ").doesNotContain("secret");
    }
}
