// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.keys;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.amrelay.authentication.dkim.SignatureAlgorithm;
import org.amrelay.authentication.syntax.DomainNames;

/** Names keys: by the day and the algorithm, as in {@code 20261125r} and {@code 20261125e}, or as operators wish. */
final class Selectors {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZoneOffset.UTC);
    private static final int LONGEST = 63;

    private Selectors() {}

    /** A name that none of the keys of the domain has. */
    static String fresh(SignatureAlgorithm algorithm, Instant now, List<StoredKey> ofDomain) {
        String day = DAY.format(now) + suffix(algorithm);
        String selector = day;
        for (int i = 2; isTaken(selector, ofDomain); i++) {
            selector = day + i;
        }
        return selector;
    }

    /**
     * The name that an operator gave; with two algorithms it is the start of both names.
     *
     * @throws IllegalArgumentException with a sentence
     */
    static String given(String text, SignatureAlgorithm algorithm, boolean several, List<StoredKey> ofDomain) {
        String wanted = several ? text + suffix(algorithm) : text;
        Optional<String> selector = DomainNames.canonical(wanted).filter(name -> name.length() <= LONGEST);
        if (selector.isEmpty()) {
            throw new IllegalArgumentException("'" + text + "' is not a selector: letters, digits, hyphens and dots");
        }
        if (isTaken(selector.get(), ofDomain)) {
            throw new IllegalArgumentException("there is a key " + selector.get() + " already");
        }
        return selector.get();
    }

    private static boolean isTaken(String selector, List<StoredKey> ofDomain) {
        return ofDomain.stream().anyMatch(key -> key.selector().equals(selector));
    }

    private static String suffix(SignatureAlgorithm algorithm) {
        return switch (algorithm) {
            case RSA_SHA256 -> "r";
            case ED25519_SHA256 -> "e";
        };
    }
}
