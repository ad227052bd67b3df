// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amrelay.authentication.containment.AccountWatch;
import org.amrelay.authentication.keys.DkimKeys;
import org.amrelay.authentication.keys.KeyRing;
import org.amrelay.authentication.keys.SecretBox;
import org.amrelay.mail.dns.ResolvingDns;
import org.amrelay.server.admin.Answers;
import org.amrelay.server.admin.Operations;
import org.amrelay.server.admin.StorageOperations;
import org.amrelay.server.admin.StoredContainment;
import org.amrelay.server.admin.StoredDkimOperations;
import org.amrelay.server.containment.ContainmentOrders;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.HomeLock;
import org.amrelay.server.home.RelaySettings;
import org.amrelay.server.home.ResolverSettings;
import org.amrelay.server.quarantine.QuarantineDesk;
import org.amrelay.server.quarantine.SpamSamples;
import org.amrelay.server.signing.SigningModule;
import org.amrelay.server.users.AccountRules;
import org.amrelay.server.users.AccountsDao;
import org.amrelay.server.users.LoginCheck;
import org.amrelay.server.users.PasswordHasher;
import org.amrelay.storage.RelayStorage;
import org.amrelay.storage.spool.Spool;

/** Operations on the storage while no relay runs; apart from {@link Door} so that storage loads only when it is needed. */
final class LocalDoor {
    private LocalDoor() {}

    static Operations open(Home home, HomeLock lock) {
        Clock clock = Clock.systemUTC();
        RelaySettings settings = RelaySettings.read(home, System.getenv());
        RelayStorage storage = RelayStorage.openSqlite(home.data(), clock);
        AccountRules rules = AccountRules.read(home, System.getenv());
        PasswordHasher hasher = new PasswordHasher(
                PasswordHasher.LEAST_ITERATIONS, rules.passwords().scramIterations());
        LoginCheck logins = new LoginCheck(storage.accounts(), hasher, clock);
        return new StorageOperations(
                storage,
                new AccountsDao(storage.accounts(), hasher, logins, clock),
                () -> stopped(storage, settings),
                () -> {
                    logins.close();
                    storage.close();
                    lock.close();
                },
                () -> new StoredDkimOperations(
                        keys(home, settings, storage, clock),
                        new ResolvingDns(ResolverSettings.of(home, settings), clock)),
                // The next start makes its keys
                domain -> {},
                () -> new StoredContainment(new ContainmentOrders(
                        new AccountWatch(rules.containment().settings(), storage.containment(), clock), storage)),
                Optional.empty(),
                new QuarantineDesk(storage.quarantine(), Optional.empty(), new SpamSamples(home), clock));
    }

    private static DkimKeys keys(Home home, RelaySettings settings, RelayStorage storage, Clock clock) {
        SecretBox box = SigningModule.box(home, settings, System.getenv());
        KeyRing ring = new KeyRing(storage.dkimKeys(), box);
        return new DkimKeys(storage.dkimKeys(), ring, box, SigningModule.rotation(settings), clock, new SecureRandom());
    }

    private static Answers.Status stopped(RelayStorage storage, RelaySettings settings) {
        return new Answers.Status(
                false,
                false,
                Home.VERSION,
                settings.hostname(),
                0,
                "",
                Map.of(),
                storage.spool().size(Spool.MAIN),
                storage.ledger().queuedCount(),
                storage.domains().all().size(),
                storage.accounts().count(),
                List.of());
    }
}
