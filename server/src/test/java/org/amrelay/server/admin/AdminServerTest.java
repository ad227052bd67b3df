// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.amrelay.authentication.containment.AccountWatch;
import org.amrelay.authentication.containment.ContainmentSettings;
import org.amrelay.authentication.keys.DkimKeys;
import org.amrelay.authentication.keys.KeyRing;
import org.amrelay.authentication.keys.RotationSettings;
import org.amrelay.authentication.keys.SecretBox;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.ZoneFileDns;
import org.amrelay.server.containment.ContainmentOrders;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.TestHome;
import org.amrelay.server.signing.SigningModule;
import org.amrelay.server.users.AccountsDao;
import org.amrelay.server.users.LoginCheck;
import org.amrelay.server.users.PasswordHasher;
import org.amrelay.storage.RelayStorage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminServerTest {
    @TempDir
    private Path directory;

    private final List<String> added = new CopyOnWriteArrayList<>();
    private final AtomicInteger stops = new AtomicInteger();
    private Home home;
    private RelayStorage storage;
    private LoginCheck logins;
    private AdminServer server;
    private String token;

    @BeforeEach
    void anAdminServerListens() throws IOException {
        home = TestHome.in(directory);
        storage = RelayStorage.openSqlite(home.data(), Clock.systemUTC());
        PasswordHasher hasher = new PasswordHasher(1000);
        logins = new LoginCheck(storage.accounts(), hasher, Clock.systemUTC());
        AccountsDao accounts = new AccountsDao(storage.accounts(), hasher, logins, Clock.systemUTC());
        Answers.Status status =
                new Answers.Status(true, true, "1", "relay.example", 1, "", Map.of(), 0, 0, 0, 0, List.of());
        Dns nothing = ZoneFileDns.parse("nothing.example. A 192.0.2.1");
        Operations operations = new StorageOperations(
                storage,
                accounts,
                () -> status,
                () -> {},
                () -> new StoredDkimOperations(keys(), nothing),
                added::add,
                () -> new StoredContainment(new ContainmentOrders(
                        new AccountWatch(ContainmentSettings.USUAL, storage.containment(), Clock.systemUTC()),
                        storage)));
        server = AdminServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                "relay.example",
                new AdminRoutes(operations, stops::incrementAndGet),
                AdminToken.of(home));
        token = Files.readString(home.adminToken()).strip();
    }

    private DkimKeys keys() {
        SecretBox box = SigningModule.box(home, TestHome.settings(home), Map.of());
        KeyRing ring = new KeyRing(storage.dkimKeys(), box);
        return new DkimKeys(
                storage.dkimKeys(), ring, box, RotationSettings.defaults(), Clock.systemUTC(), new SecureRandom());
    }

    @AfterEach
    void itStops() {
        server.close();
        logins.close();
        storage.close();
    }

    private String ask(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return String.valueOf(
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))
                            .readLine());
        }
    }

    private String get(String path, String host, String authorization) throws IOException {
        return ask("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + authorization + "Connection: close\r\n\r\n");
    }

    private RemoteOperations remote() {
        return new RemoteOperations(URI.create("http://127.0.0.1:" + server.port() + "/"), AdminToken.of(home));
    }

    @Test
    void opensTheApiToTheTokenOnly() throws IOException {
        for (String path : List.of("/api/status", "/%61pi/status", "/a%70i/status", "//api/status", "/api")) {
            assertThat(get(path, "127.0.0.1", "")).as(path).matches("HTTP/1.1 (401|404) .*");
        }
        assertThat(get("/api/status", "127.0.0.1", "")).contains(" 401 ");
        assertThat(get("/%61pi/status", "127.0.0.1", "")).contains(" 401 ");
        assertThat(get("/%zz", "127.0.0.1", "")).contains(" 400 ");
        assertThat(get("/api/status", "127.0.0.1", "Authorization: Bearer wrong\r\n"))
                .contains(" 401 ");
        assertThat(get("/api/status", "127.0.0.1", "Authorization: Bearer " + token + "\r\n"))
                .contains(" 200 ");
    }

    @Test
    void refusesForeignHostsEvenWithTheToken() throws IOException {
        assertThat(get("/api/status", "evil.example", "Authorization: Bearer " + token + "\r\n"))
                .contains(" 421 ");
        assertThat(get("/api/status", "relay.example:8025", "Authorization: Bearer " + token + "\r\n"))
                .contains(" 200 ");
    }

    @Test
    void showsHealthAndConsoleWithoutToken() throws IOException {
        assertThat(get("/health/live", "localhost", "")).contains(" 200 ");
        assertThat(get("/health/ready", "localhost:1", "")).contains(" 200 ");
        assertThat(get("/", "localhost", "")).contains(" 200 ");
        assertThat(get("/console.js", "localhost", "")).contains(" 200 ");
        assertThat(get("/../admin.token", "localhost", "")).contains(" 404 ");
    }

    @Test
    void refusesALargeBody() throws IOException {
        String body = "x".repeat(70_000);
        assertThat(ask("PUT /api/accounts/a@b.example HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                        + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body))
                .contains(" 413 ");
    }

    @Test
    void carriesOutWhatTheCommandLineAsks() {
        try (RemoteOperations remote = remote()) {
            assertThat(remote.addDomain("Example.org")).isTrue();
            assertThat(remote.addDomain("example.org")).isFalse();
            assertThat(remote.domains()).containsExactly("example.org");
            assertThat(remote.addAccount("you+tag@example.org", "a good password"))
                    .isTrue();
            assertThat(remote.addAccount("you+tag@example.org", "a good password"))
                    .isFalse();
            assertThat(remote.accounts("", 10)).containsExactly("you+tag@example.org");
            assertThat(remote.changePassword("you+tag@example.org", "another password"))
                    .isTrue();
            assertThat(remote.changePassword("nobody@example.org", "another password"))
                    .isFalse();
            assertThat(remote.removeAccount("you+tag@example.org")).isTrue();
            assertThat(remote.removeAccount("you+tag@example.org")).isFalse();
            assertThat(remote.queue(QueueQuestion.all(), 0, 10)).isEmpty();
            assertThat(remote.queue(QueueQuestion.of("17"), 0, 10)).isEmpty();
            assertThat(remote.order(QueueOrder.HOLD, QueueQuestion.all()).changed())
                    .isZero();
            assertThat(remote.trace("nobody", 10)).isEmpty();
            assertThat(remote.audit().unaccounted()).isZero();
            assertThat(remote.removeDomain("example.org")).isTrue();
        }
    }

    @Test
    void looksAfterDkimKeys() {
        try (RemoteOperations remote = remote()) {
            remote.addDomain("Example.org");
            remote.addDomain("example.org");
            assertThat(added).containsExactly("example.org");

            assertThat(remote.dkim().generate("example.org", Optional.of("s"), "ed25519"))
                    .extracting(DkimAnswers.Key::selector, DkimAnswers.Key::state)
                    .containsExactly(tuple("s", "active"));
            assertThatThrownBy(() -> remote.dkim().generate("example.org", Optional.of("s"), "ed25519"))
                    .hasMessageContaining("there is a key s already");
            assertThatThrownBy(() -> remote.dkim().generate("example.org", Optional.empty(), "dsa"))
                    .hasMessageContaining("'dsa' is not rsa, ed25519 or both");
            assertThat(remote.dkim().list("")).hasSize(1);
            assertThat(remote.dkim().list("other.example")).isEmpty();
            List<DkimAnswers.Published> missing = remote.dkim().dns("example.org", Optional.empty());
            assertThat(missing).extracting(DkimAnswers.Published::finding).containsExactly("missing");
            assertThat(remote.dkim()
                            .dns("example.org", Optional.of(missing.get(0).record())))
                    .extracting(DkimAnswers.Published::finding)
                    .containsExactly("published");
            assertThatThrownBy(() -> remote.dkim().dns("example.org", Optional.of("( \"")))
                    .hasMessageContaining("the zone file cannot be read");
            assertThat(remote.dkim().rotate("example.org"))
                    .extracting(DkimAnswers.Key::state)
                    .containsExactly("next");
            assertThat(remote.dkim().remove("example.org", "s")).isTrue();
            assertThat(remote.dkim().remove("example.org", "s")).isFalse();
        }
    }

    @Test
    void passesOnWhyWordsCannotBe() {
        try (RemoteOperations remote = remote()) {
            assertThatThrownBy(() -> remote.addAccount("you@foreign.example", "a good password"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("foreign.example is not a domain of this relay");
            remote.addDomain("example.org");
            assertThatThrownBy(() -> remote.addAccount("you@example.org", "short"))
                    .hasMessageContaining("8 to 1000 characters");
        }
    }

    @Test
    void beginsTheStopAfterItHasAnswered() {
        remote().stop();
        org.awaitility.Awaitility.await().until(() -> stops.get() == 1);
    }
}
