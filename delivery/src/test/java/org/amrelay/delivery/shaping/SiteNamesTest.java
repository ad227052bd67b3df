// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.shaping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteNamesTest {
    private final SiteNames names = new SiteNames(List.of(
            rule("google", List.of("google.com", "googlemail.com"), List.of()),
            rule("outlook", List.of("mail.protection.outlook.com", "olc.protection.outlook.com"), List.of()),
            rule("eu-outlook", List.of("eu.mail.protection.outlook.com"), List.of()),
            rule("partner", List.of(), List.of("partner.example", "host:smart.example:25"))));

    private static SiteRule rule(String name, List<String> exchangers, List<String> hops) {
        return new SiteRule(name, exchangers, hops, SiteLimits.none(), Optional.empty());
    }

    @Test
    void putsAllDomainsOfAProviderTogether() {
        assertThat(names.of(List.of("aspmx.l.google.com"))).isEqualTo("google");
        assertThat(names.of(List.of("ALT1.GMAIL-SMTP-IN.L.GOOGLE.COM."))).isEqualTo("google");
        assertThat(names.of(List.of("a-example.mail.protection.outlook.com"))).isEqualTo("outlook");
    }

    @Test
    void takesTheLongestSuffixAndOnlyWholeLabels() {
        assertThat(names.of(List.of("x.eu.mail.protection.outlook.com"))).isEqualTo("eu-outlook");
        assertThat(names.of(List.of("mx.notgoogle.com"))).isEqualTo("notgoogle.com");
    }

    @ParameterizedTest
    @CsvSource({
        "mx1.mail.example.org, example.org",
        "mx.example.co.uk, example.co.uk",
        "mx.a.example.com.au, example.com.au",
        "example.org, example.org",
        "mx.city.example.de, example.de",
        "localhost, localhost",
        "192.0.2.7, 192.0.2.7",
        "[192.0.2.7], [192.0.2.7]",
    })
    void guessesTheRegistrableDomainOfOthers(String host, String site) {
        assertThat(names.of(List.of(host))).isEqualTo(site);
    }

    @Test
    void joinsSeveralNamesInOneOrder() {
        assertThat(names.of(List.of("mx.b.example", "mx.a.example"))).isEqualTo("a.example+b.example");
        assertThat(names.of(List.of("a.b.c.d.e.example", "mx1.google.com", "mx2.google.com")))
                .isEqualTo("e.example+google");
    }

    @Test
    void knowsMembersByDomainAndByNextHop() {
        assertThat(names.named("Partner.example")).contains("partner");
        assertThat(names.named("host:smart.example:25")).contains("partner");
        assertThat(names.named("other.example")).isEmpty();
    }
}
