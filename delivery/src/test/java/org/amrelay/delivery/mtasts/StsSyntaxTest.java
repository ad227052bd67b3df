// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.mtasts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.amrelay.delivery.mtasts.StsPolicy.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StsSyntaxTest {
    private static final String EXAMPLE = "version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\r\n"
            + "mx: *.example.net\r\nmx: backupmx.example.com\r\nmax_age: 604800\r\n";

    // RFC 8461 §3.1
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v=STSv1; id=20160831085700Z; | 20160831085700Z",
                "v=STSv1;id=1 | 1",
                "v=STSv1 ; id=abc ; extension=x | abc",
                "v=STSv1; extension=x; id=9Z | 9Z"
            })
    void readsRecords(String text, String id) {
        assertThat(StsRecord.among(List.of("v=spf1 -all", text))).contains(new StsRecord(id));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v=STSv1",
                "v=STSv1;",
                "v=STSv1; id=;",
                "v=STSv1; id=a-b",
                "v=STSv1; id=a; id=b",
                "v=STSv2; id=1",
                "V=stsv1; id=1",
                "id=1; v=STSv1",
                "v=STSv1; id=123456789012345678901234567890123"
            })
    void ignoresRecordsThatAreNone(String text) {
        assertThat(StsRecord.among(List.of(text))).isEmpty();
    }

    @Test
    void ignoresRecordsThatAreNotAlone() {
        assertThat(StsRecord.among(List.of("v=STSv1; id=1", "v=STSv1; id=1"))).isEmpty();
        assertThat(StsRecord.among(List.of())).isEmpty();
    }

    // RFC 8461 §3.2, the example
    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n"})
    void readsAPolicy(String lineEnd) {
        StsPolicy policy = policy(EXAMPLE.replace("\r\n", lineEnd));
        assertThat(policy.mode()).isEqualTo(Mode.ENFORCE);
        assertThat(policy.mx()).containsExactly("mail.example.com", "*.example.net", "backupmx.example.com");
        assertThat(policy.maxAge()).isEqualTo(Duration.ofDays(7));
        assertThat(policy(String.join("\n", policy.lines()))).isEqualTo(policy);
    }

    @Test
    void ignoresUnknownFieldsAndCapsTheAge() {
        assertThat(policy("mode: testing\nversion: STSv1\nmode: none\nfoo: bar\nmx: A.example\nmax_age: 9999999999"))
                .isEqualTo(new StsPolicy(Mode.TESTING, List.of("a.example"), Duration.ofSeconds(31_557_600)));
        assertThat(policy("version: STSv1\nmode: none\nmax_age: 0").mx()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mode: enforce\nmx: a.example\nmax_age: 1",
                "version: STSv2\nmode: enforce\nmx: a.example\nmax_age: 1",
                "version: STSv1\nmode: Enforce\nmx: a.example\nmax_age: 1",
                "version: STSv1\nmode: enforce\nmax_age: 1",
                "version: STSv1\nmode: enforce\nmx: a.example",
                "version: STSv1\nmode: enforce\nmx: a.example\nmax_age: -1",
                "version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 12345678901",
                "version: STSv1\nmode: enforce\nmx: a*.example\nmax_age: 1",
                "version: STSv1\nmode: enforce\nmx: \nmax_age: 1",
                "<html></html>"
            })
    void refusesWhatIsNoPolicy(String text) {
        StsPolicyParser.Parsed parsed = StsPolicyParser.parse(text);
        assertThat(parsed.policy()).isEmpty();
        assertThat(parsed.mistake()).isNotEmpty();
    }

    @Test
    void refusesEndlessPolicies() {
        assertThat(StsPolicyParser.parse("x".repeat(70_000)).policy()).isEmpty();
        assertThat(StsPolicyParser.parse(EXAMPLE + "mx: a.example\n".repeat(1001))
                        .policy())
                .isEmpty();
    }

    // RFC 8461 §4.1
    @ParameterizedTest
    @CsvSource({
        "mail.example.com, true",
        "MAIL.example.COM., true",
        "a.example.net, true",
        "example.net, false",
        "a.b.example.net, false",
        "other.example.com, false",
        "xmail.example.com, false"
    })
    void comparesHosts(String host, boolean named) {
        assertThat(policy(EXAMPLE).names(host)).isEqualTo(named);
    }

    private static StsPolicy policy(String text) {
        StsPolicyParser.Parsed parsed = StsPolicyParser.parse(text);
        assertThat(parsed.mistake()).isEmpty();
        return parsed.policy().orElseThrow();
    }
}
