// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.srs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.amrelay.authentication.srs.OriginalSender.NotRewritten;
import org.amrelay.authentication.srs.OriginalSender.Refused;
import org.amrelay.authentication.srs.OriginalSender.Sender;
import org.amrelay.mail.address.EmailAddress;
import org.junit.jupiter.api.Test;

class BounceTagTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final EmailAddress JOE = EmailAddress.of("joe@relay.example");

    @Test
    void tagsAndFindsAgain() {
        EmailAddress tagged = at(NOW, "secret").tag(JOE);
        assertThat(tagged.toString()).matches("prvs=0\\d{3}[0-9a-f]{6}=joe@relay\\.example");
        assertThat(at(NOW, "secret").tag(tagged)).isEqualTo(tagged);
        assertThat(at(NOW, "secret").original(tagged)).isEqualTo(new Sender(JOE));
        EmailAddress upper =
                new EmailAddress(tagged.localPart().toUpperCase(Locale.ROOT).replace("JOE", "joe"), "relay.example");
        assertThat(at(NOW, "secret").original(upper)).isEqualTo(new Sender(JOE));
    }

    @Test
    void acceptsBouncesForAWhile() {
        EmailAddress tagged = at(NOW, "secret").tag(JOE);
        assertThat(at(NOW.plus(Duration.ofDays(7)), "secret").original(tagged)).isEqualTo(new Sender(JOE));
        assertThat(at(NOW.plus(Duration.ofDays(8)), "secret").original(tagged)).isEqualTo(new Refused("too old"));
    }

    @Test
    void acceptsSecretsOfBefore() {
        EmailAddress tagged = at(NOW, "old").tag(JOE);
        assertThat(at(NOW, "new", "old").original(tagged)).isEqualTo(new Sender(JOE));
        assertThat(at(NOW, "new").original(tagged)).isEqualTo(new Refused("tag is not ours"));
    }

    @Test
    void knowsOrdinaryAddresses() {
        assertThat(at(NOW, "secret").original(JOE)).isEqualTo(new NotRewritten());
        assertThat(at(NOW, "secret").original(EmailAddress.of("prvs=joe@relay.example")))
                .isEqualTo(new NotRewritten());
    }

    @Test
    void tellsASenderOfOneRecipientFromOneWhoseNameLooksLikeIt() {
        EmailAddress name = EmailAddress.of("joe=v=abcdefghijkl@relay.example");
        EmailAddress marked = at(NOW, "secret").tagMarked(name);
        assertThat(marked.toString()).startsWith("prvs=1");
        assertThat(at(NOW, "secret").original(marked)).isEqualTo(new Sender(name, true));
        EmailAddress tagged = at(NOW, "secret").tag(name);
        assertThat(at(NOW, "secret").original(tagged)).isEqualTo(new Sender(name, false));
        EmailAddress forged = EmailAddress.of(tagged.toString().replaceFirst("prvs=0", "prvs=1"));
        assertThat(at(NOW, "secret").original(forged)).isEqualTo(new Refused("tag is not ours"));
    }

    @Test
    void leavesItsOwnTagsAloneAndTagsNamesThatLookLikeOne() {
        BounceTag tag = at(NOW, "secret");
        assertThat(at(NOW.plus(Duration.ofDays(9)), "secret").tag(tag.tag(JOE))).isEqualTo(tag.tag(JOE));
        EmailAddress name = EmailAddress.of("prvs=0123abcdef=joe@relay.example");
        assertThat(tag.original(tag.tag(name))).isEqualTo(new Sender(name));
    }

    @Property(seed = "1", tries = 1000)
    void survivesAnything(@ForAll @StringLength(min = 1, max = 40) @CharRange(from = '!', to = '~') String text) {
        assertThat(at(NOW, "secret").original(new EmailAddress("prvs=" + text, "relay.example")))
                .isNotInstanceOf(Sender.class);
    }

    private static BounceTag at(Instant now, String... secrets) {
        return new BounceTag(List.of(secrets), Duration.ofDays(7), InstantSource.fixed(now));
    }
}
