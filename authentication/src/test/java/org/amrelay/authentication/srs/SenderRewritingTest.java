// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.srs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.amrelay.authentication.srs.OriginalSender.NotRewritten;
import org.amrelay.authentication.srs.OriginalSender.Refused;
import org.amrelay.authentication.srs.OriginalSender.Sender;
import org.amrelay.authentication.srs.SenderRewriting.Settings;
import org.amrelay.mail.address.EmailAddress;
import org.junit.jupiter.api.Test;

class SenderRewritingTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final EmailAddress JOE = EmailAddress.of("joe@example.com");

    @Property(seed = "1", tries = 2000)
    void nothingThatIsMadeUpHasAnOriginal(@ForAll("pieces") String local) {
        assertThat(at(NOW, "relay.example", "secret").original(new EmailAddress(local, "relay.example")))
                .isNotInstanceOf(Sender.class);
        EmailAddress again = at(NOW, "relay.example", "secret").rewrite(new EmailAddress(local, "a.example"));
        assertThat(again.domain()).isEqualTo("relay.example");
    }

    @Provide
    static Arbitrary<String> pieces() {
        return Arbitraries.of(
                        "SRS0", "srs1", "=", "-", "+", "==", "AAAA", "AB", "example.com", "joe", "\u00e9", "\"", " ")
                .list()
                .ofMinSize(1)
                .ofMaxSize(10)
                .map(pieces -> String.join("", pieces));
    }

    @Test
    void rewritesTheFirstHop() {
        EmailAddress rewritten = at(NOW, "relay.example", "secret").rewrite(JOE);
        assertThat(rewritten.toString()).matches("SRS0=[A-Za-z0-9+/]{8}=[A-Z2-7]{2}=example\\.com=joe@relay\\.example");
        assertThat(at(NOW, "relay.example", "secret").original(rewritten)).isEqualTo(new Sender(JOE));
    }

    @Test
    void rewritesLaterHopsBackToTheFirst() {
        EmailAddress first = at(NOW, "a.example", "1").rewrite(JOE);
        EmailAddress second = at(NOW, "b.example", "2").rewrite(first);
        EmailAddress third = at(NOW, "c.example", "3").rewrite(second);
        assertThat(second.localPart()).startsWith("SRS1=").contains("=a.example==");
        assertThat(third.localPart())
                .startsWith("SRS1=")
                .contains("=a.example==")
                .doesNotContain("b.example");
        assertThat(at(NOW, "c.example", "3").original(third)).isEqualTo(new Sender(first));
        assertThat(at(NOW, "b.example", "2").original(second)).isEqualTo(new Sender(first));
        assertThat(at(NOW, "c.example", "2").original(third)).isInstanceOf(Refused.class);
    }

    @Test
    void leavesItsOwnAddressesAlone() {
        SenderRewriting rewriting = at(NOW, "relay.example", "secret");
        EmailAddress rewritten = rewriting.rewrite(JOE);
        assertThat(rewriting.rewrite(rewritten)).isEqualTo(rewritten);
    }

    @Test
    void acceptsBouncesForAWhile() {
        EmailAddress rewritten = at(NOW, "relay.example", "secret").rewrite(JOE);
        assertThat(at(NOW.plus(Duration.ofDays(21)), "relay.example", "secret").original(rewritten))
                .isEqualTo(new Sender(JOE));
        assertThat(at(NOW.plus(Duration.ofDays(22)), "relay.example", "secret").original(rewritten))
                .isEqualTo(new Refused("too old"));
        // The day stamp comes round after 1024 days
        Instant lastDay = Instant.EPOCH.plus(Duration.ofDays(1024 * 21 - 1));
        EmailAddress late = at(lastDay, "relay.example", "secret").rewrite(JOE);
        assertThat(at(lastDay.plus(Duration.ofDays(2)), "relay.example", "secret")
                        .original(late))
                .isEqualTo(new Sender(JOE));
    }

    @Test
    void acceptsSecretsOfBefore() {
        EmailAddress rewritten = at(NOW, "relay.example", "old").rewrite(JOE);
        assertThat(at(NOW, "relay.example", "new", "old").original(rewritten)).isEqualTo(new Sender(JOE));
        assertThat(at(NOW, "relay.example", "new").original(rewritten)).isEqualTo(new Refused("hash is not ours"));
    }

    @Test
    void survivesServersThatChangeCase() {
        EmailAddress rewritten = at(NOW, "relay.example", "secret").rewrite(JOE);
        EmailAddress lower = EmailAddress.of(rewritten.toString().toLowerCase(Locale.ROOT));
        assertThat(at(NOW, "relay.example", "secret").original(lower)).isEqualTo(new Sender(JOE));
    }

    @Test
    void knowsOrdinaryAddresses() {
        SenderRewriting rewriting = at(NOW, "relay.example", "secret");
        assertThat(rewriting.original(EmailAddress.of("srs0@relay.example"))).isEqualTo(new NotRewritten());
        assertThat(rewriting.original(EmailAddress.of("SRS0=a=b=c=d@other.example")))
                .isEqualTo(new NotRewritten());
        assertThat(rewriting.original(EmailAddress.of("SRS0=a@relay.example"))).isInstanceOf(Refused.class);
        assertThat(rewriting.original(EmailAddress.of("SRS1=a=b=c@relay.example")))
                .isInstanceOf(Refused.class);
    }

    @Test
    void needsASecret() {
        assertThatThrownBy(() -> new Settings("relay.example", List.of(), Duration.ofDays(21), 8))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Settings("relay.example", List.of("x"), Duration.ofDays(21), 3))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keepsItsSecretsToItself() {
        assertThat(new Settings("relay.example", List.of("hush"), Duration.ofDays(21), 8).toString())
                .doesNotContain("hush");
    }

    @Property(seed = "1", tries = 500)
    void findsEverySenderAgain(
            @ForAll @StringLength(min = 1, max = 64) @CharRange(from = '!', to = '~') String local,
            @ForAll @IntRange(max = 21) int days) {
        EmailAddress sender = new EmailAddress(local, "example.com");
        EmailAddress rewritten = at(NOW, "relay.example", "secret").rewrite(sender);
        SenderRewriting later = at(NOW.plus(Duration.ofDays(days)), "relay.example", "secret");
        assertThat(later.original(rewritten)).isEqualTo(new Sender(sender));
    }

    @Property(seed = "1", tries = 500)
    void refusesEveryChange(@ForAll @IntRange(max = 40) int position, @ForAll @CharRange(from = 'a', to = 'z') char c) {
        EmailAddress rewritten = at(NOW, "relay.example", "secret").rewrite(JOE);
        String local = rewritten.localPart();
        int at = 5 + position % (local.length() - 5);
        Assume.that(Character.toLowerCase(local.charAt(at)) != c);
        EmailAddress forged =
                new EmailAddress(local.substring(0, at) + c + local.substring(at + 1), rewritten.domain());
        assertThat(at(NOW, "relay.example", "secret").original(forged)).isInstanceOf(Refused.class);
    }

    @Property(seed = "1", tries = 1000)
    void survivesAnything(@ForAll @StringLength(min = 1, max = 40) @CharRange(from = '!', to = '~') String text) {
        SenderRewriting rewriting = at(NOW, "relay.example", "secret");
        assertThat(rewriting.original(new EmailAddress("SRS0=" + text, "relay.example")))
                .isInstanceOf(Refused.class);
        assertThat(rewriting.original(new EmailAddress("SRS1=" + text, "relay.example")))
                .isInstanceOf(Refused.class);
        assertThat(rewriting.rewrite(new EmailAddress("SRS1=" + text, "a.example")))
                .isNotNull();
    }

    private static SenderRewriting at(Instant now, String domain, String... secrets) {
        return new SenderRewriting(
                new Settings(domain, List.of(secrets), Duration.ofDays(21), 8), InstantSource.fixed(now));
    }
}
