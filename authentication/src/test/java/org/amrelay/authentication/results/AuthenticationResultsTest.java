// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.amrelay.authentication.cases.Mails;
import org.amrelay.authentication.results.AuthenticationResults.MethodResult;
import org.amrelay.authentication.syntax.Parsed;
import org.amrelay.mail.message.HeaderField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationResultsTest {
    @Test
    void readsTheExamplesOfTheStandard() {
        // RFC 8601 appendix B.2, B.3, B.6, B.7
        assertThat(read("example.org 1; none").results()).isEmpty();
        AuthenticationResults several = read(
                "example.com;\r\n\tauth=pass (cram-md5) smtp.auth=sender@example.net;\r\n\tspf=pass smtp.mailfrom=example.net");
        assertThat(several.authservId()).isEqualTo("example.com");
        assertThat(several.of("auth").get(0).property("smtp", "auth")).contains("sender@example.net");
        AuthenticationResults dkim = read(
                "example.com;\r\n dkim=pass reason=\"good signature\" header.i=@mail-router.example.net;\r\n dkim=fail reason=\"bad signature\" header.i=@newyork.example.com");
        assertThat(dkim.of("dkim")).extracting(MethodResult::result).containsExactly("pass", "fail");
        assertThat(dkim.of("dkim").get(1).reason()).contains("bad signature");
        assertThat(dkim.of("dkim").get(0).property("header", "i")).contains("@mail-router.example.net");
        AuthenticationResults comments = read(
                "foo.example.net (foobar) 1 (baz);\r\n dkim (Because I like it) / 1 (One yay) = (wait for it) fail\r\n policy (A dot can go here) . (like that) expired\r\n (this surprised me) = (as I wasn't expecting it) 1362471462");
        assertThat(comments.of("dkim").get(0).result()).isEqualTo("fail");
        assertThat(comments.of("dkim").get(0).property("policy", "expired")).contains("1362471462");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "; spf=pass",
                "a 2; none",
                "a; spf",
                "a; spf=",
                "a; spf=pass x",
                "a; spf=pass x=y",
                "a; spf=pass smtp.=y",
                "a; spf=pass (",
                "a; spf=pass reason=\"x",
                "a b; none",
            })
    void refusesWhatIsNotInTheGrammar(String body) {
        assertThat(AuthenticationResultsParser.parse(body)).isInstanceOf(Parsed.Malformed.class);
    }

    @Test
    void saysThatNothingWasEvaluated() {
        assertThat(AuthenticationResultsField.write(new AuthenticationResults("mx.example", List.of()))
                        .raw())
                .isEqualTo("Authentication-Results: mx.example; none");
    }

    @Property(seed = "1", tries = 1000)
    void keepsStrangersInsideTheirValues(@ForAll @StringLength(max = 40) @CharRange(to = 'ÿ') String hostile) {
        AuthenticationResults results = new AuthenticationResults(
                "mx.example",
                List.of(
                        MethodResult.of(
                                "spf",
                                "fail",
                                hostile,
                                new AuthenticationResults.Property("smtp", "mailfrom", hostile)),
                        MethodResult.of("dmarc", "fail", "")));
        HeaderField field = AuthenticationResultsField.write(results);
        assertThat(field.raw().replace("\r\n\t", "").chars()).allMatch(c -> c >= ' ' && c <= '~');
        AuthenticationResults read = read(field.body());
        assertThat(read.results()).extracting(MethodResult::method).containsExactly("spf", "dmarc");
        assertThat(read.of("spf").get(0).result()).isEqualTo("fail");
        String shown = hostile.replaceAll("[^ -~]", "?");
        assertThat(read.of("spf").get(0).reason()).isEqualTo(hostile.isEmpty() ? Optional.empty() : Optional.of(shown));
        assertThat(read.of("spf").get(0).property("smtp", "mailfrom")).contains(shown);
    }

    @Property(seed = "1", tries = 2000)
    void survivesAnything(@ForAll @StringLength(max = 60) @CharRange(from = ' ', to = '@') String text) {
        assertThat(AuthenticationResultsParser.parse("a;" + text)).isNotNull();
    }

    @Test
    void findsFieldsThatPretendToBeOurs() {
        var header = Mails.header(Mails.of("""
                Authentication-Results: mx.relay.example; spf=pass
                Authentication-Results: MX.Relay.Example 1; spf=pass
                Authentication-Results: (x) "mx.relay.example" (y); nonsense
                Authentication-Results: mx.relay.example(x); spf=pass
                Authentication-Results: mx.other.example; spf=pass
                Authentication-Results: (mx.relay.example; spf=pass
                authentication-results : mx.relay.example; none
                ARC-Authentication-Results: i=1; mx.relay.example; none

                """));
        assertThat(AuthenticationResultsField.forged(header, Set.of("mx.relay.example", "MX2.relay.example")))
                .extracting(f -> header.fields().indexOf(f))
                .containsExactly(0, 1, 2, 3, 5, 6);
    }

    private static AuthenticationResults read(String body) {
        return AuthenticationResultsParser.parse(body).fold(r -> r, why -> {
            throw new AssertionError(why + ": " + body);
        });
    }
}
