// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.amrelay.mail.MovableClock;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.smtp.rcpt.RecipientDirectory.Existence;
import org.junit.jupiter.api.Test;

/** What is remembered of a directory, and for how long. */
class LdapMemoryTest {
    private static final EmailAddress BOB = EmailAddress.of("bob@ours.example");
    private static final EmailAddress NOBODY = EmailAddress.of("nobody@ours.example");

    private final MovableClock clock = new MovableClock("2026-01-01T00:00:00Z");
    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean down;
    private volatile Set<String> addresses = Set.of(BOB.toString());
    private final LdapAccounts accounts =
            new LdapAccounts(NoLdap.settings(Map.of()), Optional.of(new CountedDirectory()), clock);

    private final class CountedDirectory implements Directory {
        @Override
        public List<Person> named(String name) throws IOException {
            return owning(name);
        }

        @Override
        public List<Person> owning(String address) throws IOException {
            asked.incrementAndGet();
            if (down) {
                throw new DirectoryDown("no answer", new IOException());
            }
            return address.equals(BOB.toString())
                    ? List.of(new Person("uid=bob", Set.of(address), addresses))
                    : List.of();
        }

        @Override
        public boolean isRight(Person person, String password) {
            return password.equals("right");
        }

        @Override
        public void close() {
            down = true;
        }
    }

    @Test
    void remembersWhoThereIsAndForShorterWhoThereIsNot() {
        for (int i = 0; i < 3; i++) {
            assertThat(accounts.find(BOB)).isEqualTo(Existence.EXISTS);
            assertThat(accounts.find(NOBODY)).isEqualTo(Existence.MISSING);
        }
        assertThat(asked).hasValue(2);
        clock.advance(Duration.ofMinutes(1));
        accounts.find(BOB);
        accounts.find(NOBODY);
        assertThat(asked).hasValue(3);
        down = true;
        assertThat(accounts.find(BOB)).isEqualTo(Existence.EXISTS);
        clock.advance(Duration.ofMinutes(5));
        assertThat(accounts.find(BOB)).isEqualTo(Existence.UNKNOWN);
    }

    @Test
    void asksADirectoryThatIsDownOnceInASecond() {
        down = true;
        for (int i = 0; i < 10; i++) {
            assertThat(accounts.find(BOB)).isEqualTo(Existence.UNKNOWN);
        }
        assertThat(asked).hasValue(1);
        clock.advance(Duration.ofSeconds(1));
        down = false;
        assertThat(accounts.find(BOB)).isEqualTo(Existence.EXISTS);
        assertThat(accounts.find(NOBODY)).isEqualTo(Existence.MISSING);
    }

    @Test
    void asksAboutEachLogInAfresh() throws Exception {
        assertThat(accounts.letsIn("BOB@ours.example", "right")).isTrue();
        assertThat(accounts.letsIn("bob@ours.example", "wrong")).isFalse();
        assertThat(accounts.letsIn("bob@ours.example", "right")).isTrue();
        assertThat(asked).hasValue(3);
        down = true;
        assertThatThrownBy(() -> accounts.letsIn("bob@ours.example", "right")).isInstanceOf(IOException.class);
    }

    @Test
    void keepsTheAddressesOfAnAccountFreshWithoutWaiting() throws Exception {
        accounts.letsIn("bob@ours.example", "right");
        EmailAddress alias = EmailAddress.of("alias@ours.example");
        assertThat(accounts.mayUse("bob@ours.example", alias)).isFalse();
        addresses = Set.of(BOB.toString(), alias.toString());
        clock.advance(Duration.ofMinutes(5));
        assertThat(accounts.mayUse("bob@ours.example", BOB)).isTrue();
        await().atMost(Duration.ofSeconds(60)).until(() -> accounts.mayUse("bob@ours.example", alias));
        down = true;
        clock.advance(Duration.ofHours(12));
        assertThat(accounts.mayUse("bob@ours.example", alias)).isTrue();
        clock.advance(Duration.ofHours(12));
        assertThatThrownBy(() -> accounts.mayUse("bob@ours.example", alias)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatIsNeverAskedIsLeftOpen() throws Exception {
        Map<String, String> on = Map.of("urls", "ldaps://ldap.example.org", "base", "dc=example");
        try (LdapAccounts unasked = LdapAccounts.unasked(NoLdap.settings(on), clock)) {
            assertThat(unasked.find(BOB)).isEqualTo(Existence.UNASKED);
        }
        assertThat(NoLdap.accounts().find(BOB)).isEqualTo(Existence.MISSING);
    }
}
