// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.address;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InternationalDomainTest {
    /** The names of RFC 3492 §7.1 in part, and what registries use today. */
    @ParameterizedTest
    @CsvSource({
        "example.org, example.org",
        "Bücher.Example, xn--bcher-kva.example",
        "straße.de, xn--strae-oqa.de",
        "例え.テスト, xn--r8jz45g.xn--zckzah",
        "παράδειγμα.δοκιμή, xn--hxajbheg2az3al.xn--jxalpdlp",
        "उदाहरण.परीक्षा, xn--p1b6ci4b4b3a.xn--11b5bs3a9aj6g",
        "почемужеонинеговорятпорусски, xn--b1abfaaepdrnnbgefbadotcwatmq2g4l",
        "他们为什么不说中文, xn--ihqwcrb4cv8a8dqg056pqjye",
        "3年b組金八先生, xn--3b-ww4c5e180e575a65lsy2b",
        "bu\u0308cher.example, xn--bcher-kva.example",
    })
    void writesNamesAsDnsKnowsThem(String name, String ascii) {
        assertThat(InternationalDomain.toAscii(name)).contains(ascii);
        assertThat(InternationalDomain.canonical(InternationalDomain.readable(ascii)))
                .isEqualTo(ascii);
        assertThat(InternationalDomain.readable(ascii).contains("xn--")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"xn--", "xn--a.example", "xn--99999999", "xn--\u00fc", "xn--bcher-kva-", "xn--zzzzzzzzzzzzzz"})
    void leavesWhatOnlyLooksLikeAnALabel(String name) {
        assertThat(InternationalDomain.readable(name)).isEqualTo(name);
    }

    @Test
    void addressesHaveOneFormOfTheirDomain() {
        EmailAddress address = EmailAddress.of("j\u00f6rg@B\u00fccher.example");
        assertThat(address).isEqualTo(EmailAddress.of("j\u00f6rg@xn--bcher-kva.example"));
        assertThat(address.domain()).isEqualTo("xn--bcher-kva.example");
        assertThat(address).hasToString("j\u00f6rg@b\u00fccher.example");
        assertThat(EmailAddress.of("bob@b\u00fccher.example")).hasToString("bob@xn--bcher-kva.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bü cher.example", "ü..example", ".ü", "-ü.example", "ü@x", "\u0308x.example", "ü\u202e.example"
            })
    void refusesWhatIsNoName(String name) {
        assertThat(InternationalDomain.toAscii(name)).isEmpty();
        assertThat(InternationalDomain.canonical(name)).isEqualTo(name);
    }

    @Test
    void refusesLabelsThatDnsCannotHold() {
        assertThat(InternationalDomain.toAscii("ü".repeat(80) + "-" + "x".repeat(60) + ".example"))
                .isEmpty();
        assertThat(InternationalDomain.toAscii("ü.".repeat(60) + "example")).isEmpty();
    }

    @Test
    void patternsTakeBothFormsForOne() {
        assertThat(DomainPattern.of("bücher.example").matches("XN--BCHER-KVA.example"))
                .isTrue();
        assertThat(DomainPattern.of("*.xn--bcher-kva.example").matches("mx.bücher.example"))
                .isTrue();
        assertThat(DomainPattern.of("*").matches("bücher.example")).isTrue();
        assertThat(DomainPattern.of("bucher.example").matches("bücher.example")).isFalse();
    }
}
