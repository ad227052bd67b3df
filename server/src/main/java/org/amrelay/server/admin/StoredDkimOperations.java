// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.amrelay.authentication.dkim.SignatureAlgorithm;
import org.amrelay.authentication.keys.DkimKeys;
import org.amrelay.authentication.keys.KeyRecordText;
import org.amrelay.authentication.keys.Publication;
import org.amrelay.authentication.keys.StoredKey;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.ZoneFileDns;

/** {@link DkimOperations} on the keys of this process. */
public final class StoredDkimOperations implements DkimOperations {
    private final DkimKeys keys;
    private final Dns dns;

    public StoredDkimOperations(DkimKeys keys, Dns dns) {
        this.keys = keys;
        this.dns = dns;
    }

    @Override
    public List<DkimAnswers.Key> list(String domain) {
        String name = domain.strip().toLowerCase(Locale.ROOT);
        return answers(name.isEmpty() ? keys.all() : keys.of(name));
    }

    @Override
    public List<DkimAnswers.Key> generate(String domain, Optional<String> selector, String algorithms) {
        List<SignatureAlgorithm> wanted = switch (algorithms) {
            case "rsa" -> List.of(SignatureAlgorithm.RSA_SHA256);
            case "ed25519" -> List.of(SignatureAlgorithm.ED25519_SHA256);
            case "both" -> List.of(SignatureAlgorithm.values());
            default -> throw new IllegalArgumentException("'" + algorithms + "' is not rsa, ed25519 or both");
        };
        return answers(keys.generate(domain, selector, wanted));
    }

    @Override
    public List<DkimAnswers.Key> rotate(String domain) {
        return answers(keys.rotate(domain));
    }

    @Override
    public boolean remove(String domain, String selector) {
        return keys.remove(domain, selector);
    }

    @Override
    public List<DkimAnswers.Published> dns(String domain, Optional<String> zone) {
        return keys
                .check(domain, zone.map(StoredDkimOperations::parsed).orElse(dns))
                .toCompletableFuture()
                .join()
                .stream()
                .map(StoredDkimOperations::answer)
                .toList();
    }

    private static Dns parsed(String zone) {
        try {
            return ZoneFileDns.parse(zone);
        } catch (IOException wrong) {
            throw new IllegalArgumentException("the zone file cannot be read: " + wrong.getMessage(), wrong);
        }
    }

    private static List<DkimAnswers.Key> answers(List<StoredKey> keys) {
        return keys.stream().map(StoredDkimOperations::answer).toList();
    }

    private static DkimAnswers.Key answer(StoredKey key) {
        return new DkimAnswers.Key(
                key.domain(),
                key.selector(),
                key.algorithm().keyType(),
                key.state().word(),
                key.createdAt().toString(),
                key.since().toString(),
                key.publishedSince().map(Instant::toString).orElse(""));
    }

    private static DkimAnswers.Published answer(Publication found) {
        return new DkimAnswers.Published(
                answer(found.key()),
                found.key().recordName(),
                KeyRecordText.of(found.key()),
                KeyRecordText.zoneLine(found.key()),
                found.finding().name().toLowerCase(Locale.ROOT),
                found.advice());
    }
}
