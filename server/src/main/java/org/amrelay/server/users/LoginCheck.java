// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.users;

import io.netty.channel.EventLoop;
import io.netty.util.internal.ThreadExecutorMap;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import javax.annotation.PreDestroy;
import javax.inject.Inject;
import org.amrelay.storage.account.Account;
import org.amrelay.storage.account.Accounts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether a name and a password belong together.
 *
 * <p>Hashing runs on as many threads as there are processors less one, at most {@value #MOST_WAITING} log-ins wait for
 * them, and none longer than {@link #LONGEST_WAIT}: beyond that the answer is <em>try later</em>, never <em>wrong
 * password</em>. A name that is not known costs the same time as one that is. Safe for several threads.
 */
public final class LoginCheck {
    /** How long a right password is remembered. */
    static final Duration REMEMBERED = Duration.ofMinutes(5);

    static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    private static final int MOST_WAITING = 200;
    private static final Logger LOGGER = LoggerFactory.getLogger(LoginCheck.class);

    private final BiPredicate<String, String> appPasswords;
    private final Accounts accounts;
    private final PasswordHasher hasher;
    private final Clock clock;
    private final RecentLogins recent;
    private final ThreadPoolExecutor threads;

    @Inject
    public LoginCheck(Accounts accounts, PasswordHasher hasher, Clock clock, AppPasswords appPasswords) {
        this(accounts, hasher, clock, appPasswords::letsIn);
    }

    /** Checks the passwords of the accounts themselves and no others. */
    public LoginCheck(Accounts accounts, PasswordHasher hasher, Clock clock) {
        this(accounts, hasher, clock, (account, password) -> false);
    }

    private LoginCheck(
            Accounts accounts, PasswordHasher hasher, Clock clock, BiPredicate<String, String> appPasswords) {
        this.appPasswords = appPasswords;
        this.accounts = accounts;
        this.hasher = hasher;
        this.clock = clock;
        this.recent = new RecentLogins(clock, REMEMBERED);
        int count = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                count, count, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), work -> {
                    Thread thread = new Thread(work, "log-in-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Checks without blocking the caller.
     *
     * @return fails with {@link RejectedExecutionException} when too many log-ins wait, or with {@code StorageUnavailable};
     *     both mean <em>try later</em>
     */
    public CompletableFuture<Boolean> verify(String name, String password) {
        String account = name.toLowerCase(Locale.ROOT);
        Optional<String> stored = accounts.find(account).map(Account::credential);
        if (stored.isPresent() && recent.contains(account, stored.get(), password)) {
            return CompletableFuture.completedFuture(true);
        }
        try {
            return CompletableFuture.supplyAsync(() -> hash(account, stored, password), threads);
        } catch (RejectedExecutionException full) {
            return CompletableFuture.failedFuture(full);
        }
    }

    /**
     * Checks and waits for the answer; not for a network event loop, on which it refuses to wait.
     *
     * @throws TimeoutException when the answer is <em>try later</em>
     */
    boolean verifyAndWait(String name, String password) throws TimeoutException {
        if (ThreadExecutorMap.currentExecutor() instanceof EventLoop) {
            throw new IllegalStateException("a log-in would block a network event loop; call verify() there");
        }
        try {
            return verify(name, password).get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            TimeoutException later = new TimeoutException("the log-in could not be checked: " + e.getCause());
            later.initCause(e);
            throw later;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TimeoutException("interrupted while a log-in was checked");
        }
    }

    /** Forgets that the account logged in lately. */
    void forget(String name) {
        recent.forget(name.toLowerCase(Locale.ROOT));
    }

    @PreDestroy
    public void close() {
        threads.shutdownNow();
    }

    private boolean hash(String account, Optional<String> stored, String password) {
        if (appPasswords.test(account, password)) {
            return true;
        }
        boolean right = hasher.matches(password, stored);
        if (right) {
            stored.ifPresent(credential -> remember(account, credential, password));
        }
        return right;
    }

    private void remember(String account, String credential, String password) {
        recent.add(account, credential, password);
        if (hasher.isOutdated(credential)) {
            String stronger = hasher.hash(password, Optional.of(credential));
            // Only if nobody changed the password in the meantime
            boolean same = accounts.find(account)
                    .map(now -> now.credential().equals(credential))
                    .orElse(false);
            if (same && accounts.update(new Account(account, stronger, clock.instant()))) {
                recent.add(account, stronger, password);
                LOGGER.info("the password of {} is now kept with today's work factor", account);
            }
        }
    }
}
