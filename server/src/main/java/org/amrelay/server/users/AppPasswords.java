// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.users;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.inject.Inject;
import org.amrelay.authentication.sasl.ScramKeys;
import org.amrelay.storage.account.Account;
import org.amrelay.storage.account.Accounts;
import org.amrelay.storage.account.FurtherCredential;
import org.amrelay.storage.account.FurtherCredential.Kind;
import org.amrelay.storage.account.FurtherCredentials;
import org.amrelay.storage.failure.StorageUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passwords for one program or device each, made up here, shown once, and revoked one by one (docs/decisions/0091).
 *
 * <p>They have 100 bits of chance, so one SHA-256 with a salt is enough; where the account has keys for SCRAM, they have
 * such keys with the same salt. Safe for several threads; may block on the storage.
 */
public final class AppPasswords {
    private static final Logger LOG = LoggerFactory.getLogger(AppPasswords.class);
    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int GROUPS = 4;
    private static final int GROUP_LENGTH = 5;
    private static final int LENGTH = GROUPS * (GROUP_LENGTH + 1) - 1;
    private static final int SALT_BYTES = 16;
    private static final String SCHEME = "$sha256$";
    private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

    private final Accounts accounts;
    private final FurtherCredentials credentials;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    @Inject
    public AppPasswords(Accounts accounts, FurtherCredentials credentials, Clock clock) {
        this.accounts = accounts;
        this.credentials = credentials;
        this.clock = clock;
    }

    /** The new password; empty when the account has one of that name, or does not exist. */
    public Optional<String> create(String account, String name) {
        String password = IntStream.range(0, GROUPS)
                .mapToObj(group -> random.ints(GROUP_LENGTH, 0, LETTERS.length())
                        .mapToObj(letter -> LETTERS.substring(letter, letter + 1))
                        .collect(Collectors.joining()))
                .collect(Collectors.joining("-"));
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        Optional<ScramKeys> shared =
                accounts.find(account).map(Account::credential).flatMap(PasswordHasher::scramKeys);
        Optional<ScramKeys> keys =
                shared.flatMap(known -> ScramKeys.derive(password, known.salt(), known.iterations()));
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        String hash = SCHEME + base64.encodeToString(salt) + "$" + base64.encodeToString(hash(salt, password));
        String text = keys.map(each -> hash + ' ' + each).orElse(hash);
        return credentials.add(new FurtherCredential(
                        account, Kind.APP_PASSWORD, name, text, clock.instant(), Optional.empty()))
                ? Optional.of(password)
                : Optional.empty();
    }

    public List<FurtherCredential> of(String account) {
        return credentials.of(account, Kind.APP_PASSWORD);
    }

    /** Whether there was one of that name; it lets nobody in from now on. */
    public boolean revoke(String account, String name) {
        return credentials.remove(account, Kind.APP_PASSWORD, name);
    }

    /** Whether it is one of the account's; notes its use. */
    boolean letsIn(String account, String password) {
        if (password.length() != LENGTH || password.charAt(GROUP_LENGTH) != '-') {
            return false;
        }
        Optional<FurtherCredential> right = of(account).stream()
                .filter(each -> matches(each.credential(), password))
                .findFirst();
        right.ifPresent(this::used);
        return right.isPresent();
    }

    private static boolean matches(String stored, String password) {
        int end = stored.indexOf(' ');
        String[] parts = (end < 0 ? stored : stored.substring(0, end)).split("\\$", -1);
        Base64.Decoder base64 = Base64.getDecoder();
        return stored.startsWith(SCHEME)
                && parts.length == 4
                && MessageDigest.isEqual(base64.decode(parts[3]), hash(base64.decode(parts[2]), password));
    }

    /** Notes that a log-in used it, at most once a minute; a disk that refuses does not keep anybody out. */
    void used(FurtherCredential credential) {
        boolean lately = credential
                .lastUsedAt()
                .map(last -> last.plus(NOTED_EVERY).isAfter(clock.instant()))
                .orElse(false);
        if (lately) {
            return;
        }
        try {
            credentials.used(credential.account(), credential.kind(), credential.name(), clock.instant());
        } catch (StorageUnavailable unavailable) {
            LOG.warn("cannot note the use of {}: {}", credential, unavailable.getMessage());
        }
    }

    private static byte[] hash(byte[] salt, String password) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            return digest.digest(password.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256, which every Java has", e);
        }
    }
}
