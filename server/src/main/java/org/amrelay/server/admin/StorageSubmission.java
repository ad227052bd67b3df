// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.amrelay.authentication.identity.Identity;
import org.amrelay.authentication.limit.ClientNetwork;
import org.amrelay.server.users.AppPasswords;
import org.amrelay.server.users.ClientCertificates;
import org.amrelay.storage.RelayStorage;
import org.amrelay.storage.account.FurtherCredential;

/** {@link SubmissionOperations} carried out on the storage of this process. */
final class StorageSubmission implements SubmissionOperations {
    private static final int LONGEST_NAME = 64;

    private final RelayStorage storage;
    private final Clock clock;
    private final AppPasswords appPasswords;
    private final ClientCertificates certificates;

    StorageSubmission(RelayStorage storage, Clock clock) {
        this.storage = storage;
        this.clock = clock;
        this.appPasswords = new AppPasswords(storage.accounts(), storage.furtherCredentials(), clock);
        this.certificates = new ClientCertificates(storage.furtherCredentials(), appPasswords, clock);
    }

    @Override
    public List<String> identities(String account) {
        return storage.identities().of(existing(account));
    }

    @Override
    public boolean grantIdentity(String account, String identity) {
        return storage.identities().add(existing(account), checked(identity));
    }

    @Override
    public boolean revokeIdentity(String account, String identity) {
        return storage.identities().remove(account.strip().toLowerCase(Locale.ROOT), checked(identity));
    }

    @Override
    public Optional<String> addAppPassword(String account, String name) {
        return appPasswords.create(existing(account), checkedName(name));
    }

    @Override
    public List<Answers.LogIn> appPasswords(String account) {
        return appPasswords.of(existing(account)).stream()
                .map(each -> logIn(each, ""))
                .toList();
    }

    @Override
    public boolean removeAppPassword(String account, String name) {
        return appPasswords.revoke(existing(account), name.strip());
    }

    @Override
    public boolean addCertificate(String account, String name, String pem) {
        return certificates.add(existing(account), checkedName(name), pem);
    }

    @Override
    public List<Answers.LogIn> certificates(String account) {
        return certificates.of(existing(account)).stream()
                .map(each -> logIn(each, each.credential()))
                .toList();
    }

    @Override
    public boolean removeCertificate(String account, String name) {
        return certificates.remove(existing(account), name.strip());
    }

    @Override
    public List<Answers.Banned> bans() {
        return storage.bans().all().stream()
                .filter(ban -> clock.instant().isBefore(ban.until()))
                .map(ban -> new Answers.Banned(
                        ban.network(), ban.since().toString(), ban.until().toString(), ban.number()))
                .toList();
    }

    @Override
    public boolean liftBan(String network) {
        ClientNetwork parsed = ClientNetwork.parse(network)
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + network + "' is not a network; amr ban list shows the banned ones"));
        return storage.bans().remove(parsed.toString());
    }

    private static Answers.LogIn logIn(FurtherCredential credential, String fingerprint) {
        return new Answers.LogIn(
                credential.name(),
                credential.createdAt().toString(),
                credential.lastUsedAt().map(Instant::toString).orElse(""),
                fingerprint);
    }

    private static String checkedName(String name) {
        String stripped = name.strip();
        if (stripped.isEmpty()
                || stripped.length() > LONGEST_NAME
                || stripped.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a name such as 'phone' has 1 to " + LONGEST_NAME + " characters");
        }
        return stripped;
    }

    private String existing(String account) {
        String name = account.strip().toLowerCase(Locale.ROOT);
        if (storage.accounts().find(name).isEmpty()) {
            throw new IllegalArgumentException("there is no account '" + name + "'; amr account list shows them");
        }
        return name;
    }

    private static String checked(String identity) {
        return Identity.parse(identity)
                .map(Identity::toString)
                .orElseThrow(() -> new IllegalArgumentException("'" + identity
                        + "' is neither an address like you@example.org nor a domain like @example.org"));
    }
}
