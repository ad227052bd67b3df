// SPDX-License-Identifier: Apache-2.0
package org.amrelay.matchers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.amrelay.authentication.results.AuthenticationResultsParser;
import org.amrelay.james.ClientScore;
import org.amrelay.james.RelayMatcher;
import org.amrelay.james.Verdicts;
import org.apache.mailet.base.test.FakeMail;
import org.apache.mailet.base.test.FakeMailContext;
import org.apache.mailet.base.test.FakeMatcherConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthenticationMatchersTest {
    private static boolean matches(RelayMatcher<?> matcher, String condition, String results) throws Exception {
        FakeMail mail =
                FakeMail.builder().name("mail-1").recipient("bob@relay.example").build();
        if (!results.isEmpty()) {
            AuthenticationResultsParser.parse("mx; " + results).fold(read -> attach(read, mail), why -> fail(why));
        }
        matcher.init(FakeMatcherConfig.builder()
                .matcherName(matcher.getClass().getSimpleName())
                .condition(condition)
                .mailetContext(FakeMailContext.defaultContext())
                .build());
        return !matcher.match(mail).isEmpty();
    }

    private static boolean attach(org.amrelay.authentication.results.AuthenticationResults results, FakeMail mail) {
        Verdicts.attach(results, mail);
        return true;
    }

    private static boolean fail(String why) {
        throw new AssertionError(why);
    }

    @ParameterizedTest(name = "{0} for {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "method=spf, result=fail | spf=fail | true",
                "method=SPF, result=Fail, softfail | spf=softfail | true",
                "method=spf, result=fail | spf=pass; spf=fail | true",
                "method=spf, result=fail | dkim=fail | false",
                "method=dkim, result=pass | dkim=fail; dkim=pass | true",
                "method=dmarc, result=none | '' | false"
            })
    void matchesByResults(String condition, String results, boolean matching) throws Exception {
        assertThat(matches(new AuthenticationResultIs(), condition, results)).isEqualTo(matching);
    }

    @Test
    void refusesAMethodThatNobodyEvaluates() {
        assertThatThrownBy(() -> matches(new AuthenticationResultIs(), "method=spv, result=pass", ""))
                .hasMessageContaining("'method': 'spv' is none of spf, dkim, dmarc, arc, iprev");
    }

    @ParameterizedTest(name = "{0} for {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "reject | dmarc=fail policy.dmarc=reject | true",
                "quarantine, reject | dmarc=fail policy.dmarc=quarantine | true",
                "reject | dmarc=fail policy.dmarc=quarantine | false",
                "reject | dmarc=pass policy.dmarc=reject | false",
                "reject | dmarc=temperror policy.dmarc=reject | false",
                "reject | dmarc=fail policy.dmarc=reject policy.arc-override=lists.example | false",
                "reject | '' | false"
            })
    void matchesFailuresByPolicy(String condition, String results, boolean matching) throws Exception {
        assertThat(matches(new DmarcPolicyIs(), condition, results)).isEqualTo(matching);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "dmarc=pass header.from=a.example | true",
                "dmarc=fail header.from=a.example; spf=pass smtp.mailfrom=x@b.example | false",
                "dmarc=none header.from=a.example; spf=pass smtp.mailfrom=x@a.example | true",
                "dmarc=none header.from=a.example; dkim=pass header.d=A.example | true",
                "dmarc=none header.from=a.example; dkim=pass header.d=b.example | false",
                "dmarc=none header.from=a.example; dkim=fail header.d=a.example | false",
                "dmarc=none; spf=pass smtp.helo=x | false",
                "spf=pass smtp.mailfrom=x@a.example | false",
                "'' | false"
            })
    void matchesMailWhoseAuthorTakesResponsibility(String results, boolean matching) throws Exception {
        assertThat(matches(new SenderIsAligned(), "", results)).isEqualTo(matching);
    }

    @Test
    void matchesMailOfClientsWithPoints() throws Exception {
        FakeMail mail =
                FakeMail.builder().name("mail-1").recipient("bob@relay.example").build();
        ClientScoreAbove matcher = new ClientScoreAbove();
        matcher.init(FakeMatcherConfig.builder()
                .matcherName("ClientScoreAbove")
                .condition("1.5")
                .mailetContext(FakeMailContext.defaultContext())
                .build());
        assertThat(matcher.match(mail)).isEmpty();
        ClientScore.add(1.5, "listed", mail);
        assertThat(matcher.match(mail)).isEmpty();
        ClientScore.add(0.1, "odd greeting", mail);
        assertThat(matcher.match(mail)).hasSize(1);
        assertThat(ClientScore.of(mail).reasons()).isEqualTo("listed; odd greeting");
    }
}
