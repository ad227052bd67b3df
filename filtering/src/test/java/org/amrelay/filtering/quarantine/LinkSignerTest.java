// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.amrelay.filtering.quarantine.LinkSigner.Claim;
import org.amrelay.mail.MovableClock;
import org.junit.jupiter.api.Test;

class LinkSignerTest {
    private static final Instant END = Instant.parse("2026-12-01T00:00:00Z");
    private final MovableClock clock = MemoryQuarantine.clockAt(END.minus(Duration.ofDays(1)));
    private final LinkSigner links = signer("a secret");

    private LinkSigner signer(String secret) {
        return new LinkSigner(secret.getBytes(StandardCharsets.UTF_8), clock);
    }

    @Test
    void believesItsOwnTokenUntilItEnds() {
        String token = links.token(LinkAction.RELEASE, 4711, END);

        assertThat(token).matches("[A-Za-z0-9_-]+");
        assertThat(links.read(LinkAction.RELEASE, token)).isEqualTo(new Claim.Good(LinkAction.RELEASE, 4711));
        clock.advance(Duration.ofDays(1));
        assertThat(links.read(LinkAction.RELEASE, token)).isInstanceOf(Claim.Good.class);
        clock.advance(Duration.ofSeconds(1));
        assertThat(links.read(LinkAction.RELEASE, token)).isInstanceOf(Claim.Expired.class);
    }

    @Test
    void aTokenServesOneActionAndOneSecretOnly() {
        String token = links.token(LinkAction.DELETE, 4711, END);

        assertThat(links.read(LinkAction.RELEASE, token)).isInstanceOf(Claim.Forged.class);
        assertThat(links.read(LinkAction.ALLOW, token)).isInstanceOf(Claim.Forged.class);
        assertThat(signer("another secret").read(LinkAction.DELETE, token)).isInstanceOf(Claim.Forged.class);
    }

    @Test
    void everyChangedBitMakesItForged() {
        byte[] token = Base64.getUrlDecoder().decode(links.token(LinkAction.RELEASE, 4711, END));
        for (int bit = 0; bit < token.length * 8; bit++) {
            byte[] changed = token.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
            assertThat(links.read(LinkAction.RELEASE, text)).isInstanceOf(Claim.Forged.class);
        }
    }

    @Test
    void nonsenseIsForged() {
        String token = links.token(LinkAction.RELEASE, 1, END);
        for (String text : new String[] {
            "", "a", "=", token + "A", token + "=", token.substring(1), "x".repeat(10_000), "../..", "\0"
        }) {
            assertThat(links.read(LinkAction.RELEASE, text)).as(text).isInstanceOf(Claim.Forged.class);
        }
    }
}
