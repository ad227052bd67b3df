// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.amrelay.authentication.dkim.SignatureAlgorithm;
import org.amrelay.authentication.keys.Publication.Finding;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.Zone;
import org.junit.jupiter.api.Test;

class DkimKeysTest {
    private static final String DOMAIN = "relay.example";
    private static final List<SignatureAlgorithm> BOTH = List.of(SignatureAlgorithm.values());
    private static final List<SignatureAlgorithm> ED25519 = List.of(SignatureAlgorithm.ED25519_SHA256);
    private static final RotationSettings TIMES =
            new RotationSettings(Optional.of(Duration.ofDays(365)), Duration.ofDays(1), Duration.ofDays(10));

    private final MemoryKeyStore store = new MemoryKeyStore();
    private final SecretBox box = box(0);
    private final KeyRing ring = new KeyRing(store, box);
    private Instant now = Instant.parse("2026-11-25T10:00:00Z");
    private final DkimKeys keys = new DkimKeys(store, ring, box, TIMES, () -> now, new SecureRandom());

    private static SecretBox box(int octet) {
        byte[] key = new byte[SecretBox.KEY_OCTETS];
        key[0] = (byte) octet;
        return SecretBox.of(Base64.getEncoder().encodeToString(key), new SecureRandom());
    }

    private Dns published() {
        return Zone.of(store.all().stream().map(KeyRecordText::zoneLine).collect(Collectors.joining("\n")));
    }

    private List<KeyState> states() {
        return keys.of(DOMAIN).stream().map(StoredKey::state).toList();
    }

    private StoredKey only() {
        assertThat(store.all()).hasSize(1);
        return store.all().get(0);
    }

    private List<Finding> findings(Dns dns) {
        return keys.check(DOMAIN, dns).toCompletableFuture().join().stream()
                .map(Publication::finding)
                .toList();
    }

    @Test
    void theFirstKeysSignAtOnceWithBothAlgorithms() {
        keys.generate("Relay.Example", Optional.empty(), BOTH);

        assertThat(ring.of(DOMAIN)).hasSize(2);
        assertThat(store.all()).extracting(StoredKey::selector).containsExactly("20261125r", "20261125e");
        assertThat(states()).containsOnly(KeyState.ACTIVE);
        assertThat(findings(published())).containsOnly(Finding.PUBLISHED);
    }

    @Test
    void ensureMakesKeysOnce() {
        assertThat(keys.ensure(DOMAIN)).hasSize(2);
        assertThat(keys.ensure(DOMAIN)).isEmpty();
    }

    @Test
    void theNamesAreAsGiven() {
        keys.generate(DOMAIN, Optional.of("s1"), ED25519);
        keys.generate("other.example", Optional.of("s1"), BOTH);

        assertThat(store.all())
                .extracting(StoredKey::recordName)
                .containsExactly(
                        "s1._domainkey.relay.example", "s1r._domainkey.other.example", "s1e._domainkey.other.example");
        assertThatThrownBy(() -> keys.generate(DOMAIN, Optional.of("S1"), ED25519))
                .hasMessageContaining("there is a key s1 already");
        assertThatThrownBy(() -> keys.generate(DOMAIN, Optional.of("a b"), ED25519))
                .hasMessageContaining("'a b' is not a selector");
        assertThatThrownBy(() -> keys.generate("no domain", Optional.empty(), ED25519))
                .hasMessageContaining("'no domain' is not a domain name");
    }

    @Test
    void keepsNoPrivateKeyInTheClear() {
        keys.generate(DOMAIN, Optional.empty(), ED25519);
        byte[] seed = ring.open(only()).orElseThrow().signing().key().getEncoded();

        assertThat(Base64.getEncoder().encodeToString(only().sealed()))
                .doesNotContain(Base64.getEncoder().encodeToString(seed).substring(8, 40));
        assertThat(new KeyRing(store, box(1)).of(DOMAIN)).isEmpty();
        assertThat(new KeyRing(store, box(1)).unopened()).hasSize(1);
    }

    @Test
    void rotatesWhenTheSuccessorHasBeenPublishedLongEnough() {
        keys.generate(DOMAIN, Optional.empty(), ED25519);
        now = now.plus(Duration.ofDays(30));
        assertThat(keys.rotate(DOMAIN)).hasSize(1);
        assertThat(keys.rotate(DOMAIN)).as("again makes no third").hasSize(1);
        assertThat(states()).containsExactly(KeyState.ACTIVE, KeyState.NEXT);

        Dns old = Zone.of(KeyRecordText.zoneLine(store.all().get(0)));
        now = now.plus(Duration.ofDays(5));
        assertThat(keys.advance(old)).isEmpty();

        assertThat(keys.advance(published())).singleElement().asString().endsWith("is published");
        now = now.plus(Duration.ofHours(23));
        assertThat(keys.advance(published())).isEmpty();

        now = now.plus(Duration.ofHours(1));
        keys.advance(published());
        assertThat(states()).containsExactly(KeyState.RETIRED, KeyState.ACTIVE);
        assertThat(ring.of(DOMAIN)).extracting(key -> key.signing().selector()).containsExactly("20261225e");

        now = now.plus(Duration.ofDays(10));
        assertThat(keys.advance(published())).singleElement().asString().contains("is deleted");
        assertThat(states()).containsExactly(KeyState.ACTIVE);
    }

    @Test
    void startsWaitingAgainWhenTheRecordIsGoneButNotWhenTheDnsIsSilent() {
        keys.generate(DOMAIN, Optional.empty(), ED25519);
        keys.rotate(DOMAIN);
        keys.advance(published());
        now = now.plus(Duration.ofHours(20));
        String name = store.all().get(1).recordName();

        keys.advance(Zone.of("; SERVFAIL " + name));
        assertThat(store.all().get(1).publishedSince()).isPresent();

        keys.advance(Zone.of("a.example A 192.0.2.1"));
        assertThat(store.all().get(1).publishedSince()).isEmpty();
    }

    @Test
    void rotatesOnSchedule() {
        keys.generate(DOMAIN, Optional.empty(), ED25519);
        now = now.plus(Duration.ofDays(364));
        assertThat(keys.advance(published())).isEmpty();

        now = now.plus(Duration.ofDays(1));
        assertThat(keys.advance(published())).singleElement().asString().contains("was made; publish its record");
        assertThat(states()).containsExactly(KeyState.ACTIVE, KeyState.NEXT);
        assertThat(keys.advance(Zone.of("a.example A 192.0.2.1"))).isEmpty();
    }

    @Test
    void rotatesNothingWhereNothingSigns() {
        assertThatThrownBy(() -> keys.rotate(DOMAIN)).hasMessageContaining("first: amr dkim generate relay.example");
    }

    @Test
    void boundsTheKeysOfADomain() {
        for (int i = 0; i < 20; i++) {
            keys.generate(DOMAIN, Optional.of("s" + i), ED25519);
        }
        assertThatThrownBy(() -> keys.generate(DOMAIN, Optional.of("more"), ED25519))
                .hasMessageContaining("has 20 keys");
    }

    @Test
    void removesAKey() {
        keys.generate(DOMAIN, Optional.of("s"), ED25519);

        assertThat(keys.remove(DOMAIN, "s")).isTrue();
        assertThat(keys.remove(DOMAIN, "s")).isFalse();
        assertThat(ring.of(DOMAIN)).isEmpty();
    }

    @Test
    void saysWhatIsWrongWithThePublishedRecord() {
        keys.generate(DOMAIN, Optional.of("s"), ED25519);
        String line = KeyRecordText.zoneLine(only());
        keys.generate("other.example", Optional.of("s"), ED25519);
        String foreign = KeyRecordText.of(store.all().get(1));

        assertThat(findings(Zone.of("a.example A 192.0.2.1"))).containsExactly(Finding.MISSING);
        assertThat(findings(Zone.of("s._domainkey.relay.example TXT \"" + foreign + '"')))
                .containsExactly(Finding.DIFFERENT);
        assertThat(findings(Zone.of("s._domainkey.relay.example TXT \"v=DKIM1; k=ed25519; p=\"")))
                .containsExactly(Finding.DIFFERENT);
        assertThat(findings(Zone.of(line + "\ns._domainkey.relay.example TXT \"" + foreign + '"')))
                .as("two records")
                .containsExactly(Finding.DIFFERENT);
        assertThat(findings(Zone.of("; TIMEOUT s._domainkey.relay.example"))).containsExactly(Finding.UNKNOWN);
        assertThat(keys.check(DOMAIN, Zone.of("a.example A 192.0.2.1"))
                        .toCompletableFuture()
                        .join())
                .allSatisfy(each -> assertThat(each.advice()).contains("publish the record above"));
    }

    @Test
    void cutsLongRecordsIntoStrings() {
        keys.generate(DOMAIN, Optional.of("s"), List.of(SignatureAlgorithm.RSA_SHA256));

        assertThat(KeyRecordText.zoneLine(only()))
                .startsWith("s._domainkey.relay.example. IN TXT ( \"v=DKIM1; k=rsa; p=");
        assertThat(KeyRecordText.zoneLine(only()).split("\"", -1)).allMatch(string -> string.length() <= 255);
        assertThat(findings(published())).containsExactly(Finding.PUBLISHED);
    }
}
