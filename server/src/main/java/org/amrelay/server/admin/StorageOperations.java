// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.amrelay.mail.address.InternationalDomain;
import org.amrelay.server.quarantine.QuarantineDesk;
import org.amrelay.server.users.AccountsDao;
import org.amrelay.storage.RelayStorage;
import org.apache.james.core.Domain;
import org.apache.james.core.MailAddress;
import org.apache.james.core.Username;
import org.apache.james.user.api.UsersRepositoryException;

/** {@link Operations} carried out on the storage of this process. */
public final class StorageOperations implements Operations {
    private final RelayStorage storage;
    private final AccountsDao accounts;
    private final Supplier<Answers.Status> status;
    private final Runnable atClose;
    private final Optional<SiteViews> sites;
    private final Clock clock;
    private final Supplier<DkimOperations> dkim;
    private final Supplier<ContainmentOperations> containment;
    private final Consumer<String> domainAdded;
    private final QuarantineDesk quarantine;
    private final StoredQueue queue;

    /**
     * Works on storage that somebody else opened.
     *
     * @param status says how the relay is
     * @param atClose lets go of what was taken for these operations
     * @param dkim the keys, which are opened only when asked for
     * @param domainAdded hears of new domains, and returns at once
     */
    public StorageOperations(
            RelayStorage storage,
            AccountsDao accounts,
            Supplier<Answers.Status> status,
            Runnable atClose,
            Supplier<DkimOperations> dkim,
            Consumer<String> domainAdded,
            Supplier<ContainmentOperations> containment) {
        this(
                storage,
                accounts,
                status,
                atClose,
                dkim,
                domainAdded,
                containment,
                Optional.empty(),
                QuarantineDesk.plain(storage, Clock.systemUTC()));
    }

    /**
     * The same with a delivery engine that runs.
     *
     * @param sites asks it
     * @param quarantine what is decided with about mail that is kept back; its clock counts for all
     */
    public StorageOperations(
            RelayStorage storage,
            AccountsDao accounts,
            Supplier<Answers.Status> status,
            Runnable atClose,
            Supplier<DkimOperations> dkim,
            Consumer<String> domainAdded,
            Supplier<ContainmentOperations> containment,
            Optional<SiteViews> sites,
            QuarantineDesk quarantine) {
        this.storage = storage;
        this.accounts = accounts;
        this.status = status;
        this.atClose = atClose;
        this.sites = sites;
        this.clock = quarantine.clock();
        this.dkim = dkim;
        this.domainAdded = domainAdded;
        this.containment = containment;
        this.quarantine = quarantine;
        this.queue = new StoredQueue(storage.ledger(), clock);
    }

    @Override
    public Answers.Status status() {
        return status.get();
    }

    @Override
    public List<String> domains() {
        return storage.domains().all();
    }

    @Override
    public boolean addDomain(String domain) {
        String name = checkedDomain(domain);
        boolean isNew = storage.domains().add(name);
        if (isNew) {
            domainAdded.accept(name);
        }
        return isNew;
    }

    @Override
    public boolean removeDomain(String domain) {
        return storage.domains().remove(domain.strip().toLowerCase(Locale.ROOT));
    }

    private static String checkedDomain(String domain) {
        try {
            return Domain.of(InternationalDomain.canonical(domain.strip())).asString();
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("'" + domain + "' is not a domain name", wrong);
        }
    }

    @Override
    public List<String> accounts(String after, int limit) {
        return storage.accounts().names(after, Math.min(Math.max(limit, 1), MOST));
    }

    @Override
    public boolean addAccount(String name, String password) {
        Username username = checkedName(name);
        checkPassword(password);
        if (accounts.contains(username)) {
            return false;
        }
        try {
            accounts.addUser(username, password);
            return true;
        } catch (UsersRepositoryException existsByNow) {
            return false;
        }
    }

    private Username checkedName(String name) {
        try {
            MailAddress address = new MailAddress(name.strip().toLowerCase(Locale.ROOT));
            String domain = address.getDomain().asString();
            if (!storage.domains().contains(domain)) {
                throw new IllegalArgumentException(
                        domain + " is not a domain of this relay; first: amr domain add " + domain);
            }
            return Username.of(address.asString());
        } catch (javax.mail.internet.AddressException wrong) {
            throw new IllegalArgumentException("'" + name + "' is not an address like you@example.org", wrong);
        }
    }

    private static void checkPassword(String password) {
        if (password.length() < 8 || password.length() > 1000) {
            throw new IllegalArgumentException("a password has 8 to 1000 characters");
        }
    }

    @Override
    public boolean changePassword(String name, String password) {
        checkPassword(password);
        return accounts.getUserByName(Username.of(name.strip()))
                .map(user -> {
                    user.setPassword(password);
                    try {
                        accounts.updateUser(user);
                        return true;
                    } catch (UsersRepositoryException goneByNow) {
                        return false;
                    }
                })
                .orElse(false);
    }

    @Override
    public boolean removeAccount(String name) {
        try {
            accounts.removeUser(Username.of(name.strip()));
            return true;
        } catch (UsersRepositoryException absent) {
            return false;
        }
    }

    @Override
    public List<Answers.Queued> queue(QueueQuestion question, long afterId, int limit) {
        return queue.page(question, afterId, Math.min(Math.max(limit, 1), MOST));
    }

    @Override
    public Answers.Impact impact(QueueQuestion question) {
        return queue.impact(question);
    }

    @Override
    public Answers.Ordered order(QueueOrder order, QueueQuestion question) {
        return queue.order(order, question);
    }

    @Override
    public Answers.Undone undo() {
        return queue.undo();
    }

    @Override
    public List<Answers.Site> sites(String word) {
        return sites.map(views -> views.find(word.strip())).orElse(List.of());
    }

    @Override
    public List<Answers.Trace> trace(String what, int limit) {
        return new TraceSearch(storage.ledger()).find(what.strip(), Math.min(Math.max(limit, 1), MOST));
    }

    @Override
    public Answers.AuditResult audit() {
        return LedgerViews.audit(storage.ledger().audit());
    }

    @Override
    public SuppressionOperations suppressions() {
        return new StoredSuppressions(storage.suppressions(), clock);
    }

    @Override
    public SubmissionOperations submission() {
        return new StorageSubmission(storage, accounts.clock());
    }

    @Override
    public DmarcOperations dmarc() {
        return new StoredDmarcOperations(storage.reports(), clock);
    }

    @Override
    public TlsAnswers.Overview tlsReports(String domain, int days, int limit) {
        return new StoredTlsReports(storage, clock).overview(domain, days, limit);
    }

    @Override
    public ContainmentOperations containment() {
        return containment.get();
    }

    @Override
    public DkimOperations dkim() {
        return dkim.get();
    }

    @Override
    public QuarantineOperations quarantine() {
        return new StoredQuarantineOperations(quarantine);
    }

    @Override
    public void close() {
        atClose.run();
    }
}
