// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import javax.mail.MessagingException;
import org.amrelay.authentication.results.AuthenticationResults;
import org.amrelay.authentication.results.AuthenticationResults.MethodResult;
import org.amrelay.authentication.results.AuthenticationResults.Property;
import org.amrelay.james.Verdicts;
import org.apache.james.core.builder.MimeMessageBuilder;
import org.apache.mailet.Mailet;
import org.apache.mailet.base.test.FakeMail;
import org.apache.mailet.base.test.FakeMailContext;
import org.apache.mailet.base.test.FakeMailetConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthenticationMailetsTest {
    private FakeMail mail;

    @BeforeEach
    void aMailIsOnItsWay() throws Exception {
        mail = FakeMail.builder()
                .name("mail-1")
                .state("root")
                .recipient("bob@relay.example")
                .mimeMessage(MimeMessageBuilder.mimeMessageBuilder()
                        .addHeader("Authentication-Results", "mx.example; dmarc=pass")
                        .addHeader("Authentication-Results", "other.example; dmarc=pass")
                        .setSubject("x"))
                .build();
    }

    private static AuthenticationResults results(String dmarc, Property... properties) {
        return new AuthenticationResults("ignored.example", List.of(MethodResult.of("dmarc", dmarc, "", properties)));
    }

    private static Property policy(String word) {
        return new Property("policy", "dmarc", word);
    }

    private void serve(Mailet mailet, String... settings) throws MessagingException {
        FakeMailetConfig.Builder config = FakeMailetConfig.builder()
                .mailetName(mailet.getClass().getSimpleName())
                .mailetContext(FakeMailContext.defaultContext());
        Arrays.stream(settings).forEach(s -> config.setProperty(s.split("=")[0], s.split("=")[1]));
        mailet.init(config.build());
        mailet.service(mail);
    }

    @Test
    void addsItsResultsBeforeAllElseAndTakesOutForgedOnes() throws Exception {
        Verdicts.attach(results("fail", policy("reject")), mail);
        serve(new AddAuthenticationResults(), "authservId=MX.example");
        assertThat(mail.getMessage().getHeader("Authentication-Results"))
                .containsExactly("MX.example;\r\n\tdmarc=fail\r\n\t policy.dmarc=reject", "other.example; dmarc=pass");
        assertThat(mail.getMessage().getAllHeaderLines().nextElement()).startsWith("Authentication-Results: MX");
    }

    @Test
    void takesOutForgedResultsFromMailThatWasNotEvaluated() throws Exception {
        serve(new AddAuthenticationResults(), "authservId=mx.example", "alsoOurs=other.example");
        assertThat(mail.getMessage().getHeader("Authentication-Results")).isNull();
        assertThat(mail.getMessage().getSubject()).isEqualTo("x");
    }

    @Test
    void keepsEveryFieldOfAHeaderThatIsLongerThanIsReadAtOnce() throws Exception {
        MimeMessageBuilder message = MimeMessageBuilder.mimeMessageBuilder().setSubject("x");
        for (int i = 0; i < 1500; i++) {
            message.addHeader("X-Long", "y".repeat(900));
        }
        mail = FakeMail.builder()
                .name("mail-1")
                .recipient("bob@relay.example")
                .mimeMessage(message.addHeader("Authentication-Results", "mx.example; dmarc=pass")
                        .addHeader("X-Last", "z"))
                .build();
        Verdicts.attach(results("none"), mail);
        serve(new AddAuthenticationResults(), "authservId=mx.example");
        assertThat(mail.getMessage().getHeader("X-Long")).hasSize(1500);
        assertThat(mail.getMessage().getHeader("X-Last")).containsExactly("z");
        assertThat(mail.getMessage().getHeader("Authentication-Results"))
                .containsExactly("mx.example;\r\n\tdmarc=none");
    }

    @Test
    void leavesAMailAloneThatNeedsNothing() throws Exception {
        serve(new AddAuthenticationResults(), "authservId=mine.example");
        assertThat(mail.getMessage().getHeader("Authentication-Results")).hasSize(2);
    }

    @ParameterizedTest(name = "dmarc={0} with p={1} goes to {2}")
    @CsvSource({
        "fail, reject, rejected",
        "fail, quarantine, spam",
        "fail, none, root",
        "pass, reject, root",
        "temperror, reject, root",
        "permerror, reject, root",
        "none, none, root"
    })
    void followsThePolicyOfTheAuthorsDomain(String result, String policy, String processor) throws Exception {
        Verdicts.attach(results(result, policy(policy)), mail);
        serve(new DmarcEnforce(), "rejectTo=rejected", "quarantineTo=spam");
        assertThat(mail.getState()).isEqualTo(processor);
    }

    @Test
    void letsATrustedForwarderVouch() throws Exception {
        Verdicts.attach(
                results("fail", policy("reject"), new Property("policy", "arc-override", "lists.example")), mail);
        serve(new DmarcEnforce());
        assertThat(mail.getState()).isEqualTo("root");
    }

    @Test
    void leavesMailAloneThatWasNeverEvaluated() throws Exception {
        serve(new DmarcEnforce());
        assertThat(mail.getState()).isEqualTo("root");
    }

    @Test
    void refusesAMisspeltParameterAndNamesTheRightOne() {
        assertThatThrownBy(() -> serve(new DmarcEnforce(), "rejecTo=spam"))
                .hasMessageContaining("'rejecTo' is unknown, did you mean 'rejectTo'?");
        assertThatThrownBy(() -> serve(new AddAuthenticationResults())).hasMessageContaining("'authservId' is missing");
    }
}
