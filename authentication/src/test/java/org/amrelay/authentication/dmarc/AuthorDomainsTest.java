// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.amrelay.authentication.cases.Mails;
import org.amrelay.authentication.syntax.Parsed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorDomainsTest {
    @ParameterizedTest(name = "{0} is of {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "joe@Example.COM | example.com",
                "Joe <joe@example.com> | example.com",
                "\"Joe, X <y@z>\" <joe@example.com> | example.com",
                "Joe (at home (now) <x@y>) <joe@example.com> | example.com",
                "joe@example.com (Joe) | example.com",
                "\"a@b\"@example.com | example.com",
                "a@x.example, b@y.example | x.example;y.example",
                "Group: a@x.example, b@x.example; | x.example",
                "<@relay.example,@b.example:joe@example.com> | example.com",
                "joe@example.com, | example.com",
                " joe @ example.com | example.com",
                "<joe@example.com.> | example.com",
            })
    void readsAuthors(String from, String domains) {
        assertThat(of("From: " + from + "\n\n")).isEqualTo(new Parsed.Valid<>(List.of(domains.split(";"))));
    }

    @Test
    void readsInternationalisedDomains() {
        String octets = new String("bücher.example".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertThat(of("From: joe@" + octets + "\n\n")).isEqualTo(new Parsed.Valid<>(List.of("xn--bcher-kva.example")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "From:\n",
                "From: joe\n",
                "From: @example.com\n",
                "From: joe@\n",
                "From: <joe@example.com> <x@y.example>\n",
                "From: joe@example.com <x@y.example\n",
                "From: joe@example.com>\n",
                "From: <joe@example.com> x@y.example\n",
                "From: joe@example.com@y.example\n",
                "From: \"joe@example.com\n",
                "From: (joe@example.com\n",
                "From: Group:;\n",
                "From: joe@exam ple.com\n",
                "From: a@x.example\nFrom: a@x.example\n",
                "From: a@x.example\nfrom : a@x.example\n",
            })
    void refusesWhatCouldBeReadInTwoWays(String header) {
        assertThat(of(header + "\n")).isInstanceOf(Parsed.Malformed.class);
    }

    @Property(seed = "1", tries = 2000)
    void survivesAnything(@ForAll @StringLength(max = 60) @CharRange(from = ' ', to = '@') String text) {
        assertThat(of("From:" + text + "\n\n")).isNotNull();
    }

    private static Parsed<List<String>> of(String header) {
        return AuthorDomains.of(Mails.header(Mails.of(header)));
    }
}
