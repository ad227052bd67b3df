// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.ldap;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.amrelay.mail.address.DomainPattern;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.smtp.rcpt.RecipientDirectory.Existence;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The accounts of a directory: log-ins asked afresh, recipients and identities remembered for a while, also missing ones.
 *
 * <p>At most twice as many calls as there are connections are under way. While no directory answers, one call in
 * {@link #REST} tries again and all others fail at once, so that it holds one thread. Safe for several threads; blocks but
 * for {@link #mayUse}.
 */
public final class LdapAccounts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LdapAccounts.class);
    private static final Duration REST = Duration.ofSeconds(1);
    private static final Duration LONGEST_STALE = Duration.ofDays(1);
    private static final long IS_UP = Long.MIN_VALUE;
    private static final int TIMEOUTS_OF_A_CALL = 4;
    private static final int REMEMBERED = 100_000;

    private record Found(boolean exists, Instant until) {}

    private record Owned(Set<String> addresses, Instant asked) {}

    private interface Question<T> {
        T ask() throws IOException;
    }

    private final LdapSettings settings;
    private final Optional<Directory> directory;
    private final Clock clock;
    private final Semaphore calls;
    /** When, in milliseconds of the clock, the next call may try a directory that is down. */
    private final AtomicLong nextTry = new AtomicLong(IS_UP);

    private final Cache<String, Found> recipients =
            CacheBuilder.newBuilder().maximumSize(REMEMBERED).build();
    private final Cache<String, Owned> identities =
            CacheBuilder.newBuilder().maximumSize(REMEMBERED).build();
    private final ThreadPoolExecutor refresher = new ThreadPoolExecutor(
            1,
            1,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(1000),
            work -> {
                Thread thread = new Thread(work, "ldap-identities");
                thread.setDaemon(true);
                return thread;
            },
            // What is not refreshed now is refreshed at the next question
            new ThreadPoolExecutor.DiscardPolicy());

    LdapAccounts(LdapSettings settings, Optional<Directory> directory, Clock clock) {
        this.settings = settings;
        this.directory = directory;
        this.clock = clock;
        this.calls = new Semaphore(2 * settings.connections());
        refresher.allowCoreThreadTimeOut(true);
    }

    /**
     * Of the directory of the settings; connects when something is asked.
     *
     * @throws IOException when a file that the settings name cannot be read
     */
    public static LdapAccounts open(LdapSettings settings, Clock clock) throws IOException {
        return new LdapAccounts(
                settings, settings.isOn() ? Optional.of(new LdapDirectory(settings)) : Optional.empty(), clock);
    }

    /** Never asks anything: what the directory would have to say is left open. */
    public static LdapAccounts unasked(LdapSettings settings, Clock clock) {
        return new LdapAccounts(settings, Optional.empty(), clock);
    }

    /** Whether there is a directory. */
    public boolean isOn() {
        return settings.isOn();
    }

    /** Domains all of whose recipients the directory or the relay knows; none without a directory. */
    public Set<DomainPattern> recipientDomains() {
        return isOn() ? settings.recipientDomains() : Set.of();
    }

    /**
     * Whether name and password belong to one entry.
     *
     * @throws IOException when the directory does not say so now
     */
    public boolean letsIn(String account, String password) throws IOException {
        String name = account.toLowerCase(Locale.ROOT);
        if (password.isEmpty() || directory.isEmpty()) {
            return false;
        }
        Directory asked = directory.get();
        Optional<Person> person = person(call(() -> asked.named(name)), name);
        if (person.isEmpty() || !call(() -> asked.isRight(person.get(), password))) {
            return false;
        }
        identities.put(name, new Owned(person.get().addresses(), clock.instant()));
        return true;
    }

    /** Only a name as it is written in the entry: directories also match names with other spaces or letters. */
    private static Optional<Person> person(List<Person> found, String name) throws IOException {
        if (found.size() > 1) {
            throw new IOException(
                    "several entries have the log-in name of " + found.get(0).dn());
        }
        return found.stream().filter(each -> each.names().contains(name)).findFirst();
    }

    /** Whether there is an entry with that address, or with it less its {@code +detail} (RFC 5233). */
    public Existence find(EmailAddress address) {
        if (directory.isEmpty()) {
            return isOn() ? Existence.UNASKED : Existence.MISSING;
        }
        String local = address.localPart();
        int plus = local.indexOf('+');
        try {
            boolean exists =
                    exists(address.toString()) || plus > 0 && exists(local.substring(0, plus) + '@' + address.domain());
            return exists ? Existence.EXISTS : Existence.MISSING;
        } catch (IOException unavailable) {
            LOG.warn("a recipient cannot be looked up: {}", unavailable.getMessage());
            return Existence.UNKNOWN;
        }
    }

    private boolean exists(String text) throws IOException {
        String address = text.toLowerCase(Locale.ROOT);
        Found known = recipients.getIfPresent(address);
        if (known != null && clock.instant().isBefore(known.until())) {
            return known.exists();
        }
        Directory asked = directory.orElseThrow();
        boolean exists = call(() -> asked.owning(address).stream()
                .anyMatch(person -> person.addresses().contains(address)));
        Duration keep = exists ? settings.keepFound() : settings.keepMissing();
        recipients.put(address, new Found(exists, clock.instant().plus(keep)));
        return exists;
    }

    /**
     * Whether the address is one of the account's entry; from memory, which log-ins fill and a thread keeps fresh.
     *
     * @throws IllegalStateException when that is not known now
     */
    public boolean mayUse(String account, EmailAddress address) {
        String name = account.toLowerCase(Locale.ROOT);
        if (directory.isEmpty()) {
            return false;
        }
        Owned owned = identities.getIfPresent(name);
        Instant now = clock.instant();
        if (owned == null || !now.isBefore(owned.asked().plus(settings.keepFound()))) {
            refresher.execute(() -> refresh(name));
        }
        if (owned == null || !now.isBefore(owned.asked().plus(LONGEST_STALE))) {
            throw new IllegalStateException("the addresses of " + account + " are being looked up");
        }
        return owned.addresses().contains(address.toString().toLowerCase(Locale.ROOT));
    }

    private void refresh(String name) {
        try {
            Directory asked = directory.orElseThrow();
            Set<String> addresses = person(call(() -> asked.named(name)), name)
                    .map(Person::addresses)
                    .orElse(Set.of());
            identities.put(name, new Owned(addresses, clock.instant()));
        } catch (IOException unavailable) {
            LOG.warn("the addresses of an account cannot be looked up: {}", unavailable.getMessage());
        }
    }

    private <T> T call(Question<T> question) throws IOException {
        if (!calls.tryAcquire()) {
            throw new IOException("too much is being asked of the directory");
        }
        try {
            claimTurn();
            T answer = question.ask();
            nextTry.set(IS_UP);
            return answer;
        } catch (DirectoryDown failed) {
            nextTry.set(clock.millis() + REST.toMillis());
            throw failed;
        } finally {
            calls.release();
        }
    }

    /** Whoever tries a directory that is down has all its time-outs for that, so that one thread waits at a time. */
    private void claimTurn() throws IOException {
        long now = clock.millis();
        long next = nextTry.get();
        long afterUs = now + TIMEOUTS_OF_A_CALL * settings.timeout().toMillis();
        if (next != IS_UP && (now < next || !nextTry.compareAndSet(next, afterUs))) {
            throw new IOException("the directory is down");
        }
    }

    @Override
    public void close() {
        refresher.shutdownNow();
        directory.ifPresent(Directory::close);
    }
}
