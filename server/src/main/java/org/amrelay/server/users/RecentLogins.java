// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.users;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Remembers for a short time that a password was right, so that a busy client pays for the hash once and not per session.
 *
 * <p>Kept is an HMAC-SHA-256 of name, stored hash and password under a key that this process made up and never writes.
 * A memory dump therefore holds no password, and a changed password is forgotten at once because the stored hash is
 * part of what is remembered, whoever changed it. At most {@value #MOST_ACCOUNTS} accounts. Safe for several threads.
 */
final class RecentLogins {
    private static final int MOST_ACCOUNTS = 10_000;

    private record Login(byte[] mac, Instant until) {}

    private final SecretKeySpec key;
    private final Clock clock;
    private final Duration remembered;
    private final Cache<String, Login> logins =
            CacheBuilder.newBuilder().maximumSize(MOST_ACCOUNTS).build();

    RecentLogins(Clock clock, Duration remembered) {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        this.key = new SecretKeySpec(secret, "HmacSHA256");
        this.clock = clock;
        this.remembered = remembered;
    }

    boolean contains(String account, String storedHash, String password) {
        return Optional.ofNullable(logins.getIfPresent(account))
                .filter(login -> clock.instant().isBefore(login.until()))
                .map(login -> MessageDigest.isEqual(login.mac(), mac(account, storedHash, password)))
                .orElse(false);
    }

    void add(String account, String storedHash, String password) {
        logins.put(
                account,
                new Login(mac(account, storedHash, password), clock.instant().plus(remembered)));
    }

    void forget(String account) {
        logins.invalidate(account);
    }

    private byte[] mac(String account, String storedHash, String password) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            for (String part : new String[] {account, storedHash, password}) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                // The length before each part, so that no two triples look the same
                mac.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
                mac.update(bytes);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HmacSHA256, which every Java has", e);
        }
    }
}
