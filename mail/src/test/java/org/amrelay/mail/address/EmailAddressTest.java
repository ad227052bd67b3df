// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {
    @Test
    void keepsTheCaseOfTheLocalPartAndLowersTheDomain() {
        assertThat(EmailAddress.of("Bob.Smith@Example.ORG")).hasToString("Bob.Smith@example.org");
    }

    @Test
    void splitsAtTheLastAt() {
        assertThat(EmailAddress.of("\"a@b\"@example.org")).isEqualTo(new EmailAddress("\"a@b\"", "example.org"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "@", "bob", "bob@", "@example.org", "bob\r\nRCPT@example.org", "bob@exa\u0000mple.org"})
    void refusesWhatIsNoAddress(String text) {
        assertThat(EmailAddress.parse(text)).isEmpty();
    }

    @Test
    void refusesLocalPartsAndDomainsBeyondTheLimitsOfTheStandard() {
        assertThat(EmailAddress.parse("x".repeat(65) + "@example.org")).isEmpty();
        assertThat(EmailAddress.parse("x@" + "y".repeat(256))).isEmpty();
    }

    @Test
    void cannotBeBuiltWithLineEnds() {
        assertThatThrownBy(() -> new EmailAddress("bob\n", "example.org")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theNullSenderIsTheEmptyText() {
        assertThat(ReversePath.of("<>")).isEqualTo(ReversePath.nullSender()).hasToString("");
    }

    @Property(seed = "1")
    void readsBackWhatItPrints(
            @ForAll @AlphaChars @StringLength(min = 1, max = 64) String local,
            @ForAll @AlphaChars @StringLength(min = 1, max = 60) String domain) {
        EmailAddress address = new EmailAddress(local, domain);
        assertThat(EmailAddress.of(address.toString())).isEqualTo(address);
    }
}
