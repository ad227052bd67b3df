// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Debian's slapd as a process of our own on a free port of the loopback, with an authority of its own. */
public final class PrivateSlapd implements AutoCloseable {
    public static final String BASE = "dc=ours,dc=example";
    public static final String SEARCHER = "cn=amr," + BASE;
    public static final String SEARCHER_PASSWORD = "search only";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path directory;
    private final int port;
    private Process process;

    private PrivateSlapd(Path directory, int port) throws IOException {
        this.directory = directory;
        this.port = port;
        this.process = launch();
    }

    /** @param entries in LDIF, below {@link #BASE} */
    public static PrivateSlapd start(Path directory, String entries) throws Exception {
        return start(directory, "localhost", entries);
    }

    /** @param host whom its certificate is for */
    static PrivateSlapd start(Path directory, String host, String entries) throws Exception {
        boolean there = Files.isExecutable(Path.of("/usr/sbin/slapd"));
        if (!there && "true".equals(System.getenv("CI"))) {
            fail("needs the program slapd (.ci/run installs it)");
        }
        assumeTrue(there, "needs the program slapd (.ci/run installs it)");
        certificates(directory, host);
        Files.createDirectories(directory.resolve("db"));
        Files.writeString(directory.resolve("slapd.conf"), configuration(directory));
        Files.writeString(directory.resolve("data.ldif"), entries);
        run(directory, "/usr/sbin/slapadd", "-f", "slapd.conf", "-l", "data.ldif");
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = free.getLocalPort();
            free.close();
            return new PrivateSlapd(directory, port);
        }
    }

    private static String configuration(Path directory) {
        return String.join(
                "\n",
                "include /etc/ldap/schema/core.schema",
                "include /etc/ldap/schema/cosine.schema",
                "include /etc/ldap/schema/inetorgperson.schema",
                "pidfile " + directory.resolve("slapd.pid"),
                "modulepath /usr/lib/ldap",
                "moduleload back_mdb",
                // What some directories allow by mistake: a name without a password is let in as nobody
                "allow bind_anon_cred bind_anon_dn",
                "TLSCACertificateFile " + directory.resolve("ca.pem"),
                "TLSCertificateFile " + directory.resolve("server.pem"),
                "TLSCertificateKeyFile " + directory.resolve("server.key"),
                "database mdb",
                "maxsize 10485760",
                "suffix \"" + BASE + "\"",
                "rootdn \"" + SEARCHER + "\"",
                "rootpw \"" + SEARCHER_PASSWORD + "\"",
                "directory " + directory.resolve("db"),
                "access to attrs=userPassword by anonymous auth by * none",
                "access to * by dn.exact=\"" + SEARCHER + "\" read by * none",
                "");
    }

    private static void certificates(Path directory, String host) throws Exception {
        Files.writeString(directory.resolve("san"), "subjectAltName=DNS:" + host + "\n");
        run(
                directory,
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "30",
                "-subj",
                "/CN=Authority of a test",
                "-keyout",
                "ca.key",
                "-out",
                "ca.pem");
        run(
                directory,
                "openssl",
                "req",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-subj",
                "/CN=" + host,
                "-keyout",
                "server.key",
                "-out",
                "server.csr");
        run(
                directory,
                "openssl",
                "x509",
                "-req",
                "-in",
                "server.csr",
                "-CA",
                "ca.pem",
                "-CAkey",
                "ca.key",
                "-set_serial",
                "2",
                "-days",
                "30",
                "-extfile",
                "san",
                "-out",
                "server.pem");
    }

    private static void run(Path directory, String... command) throws Exception {
        Path output = directory.resolve("program.out");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(List.of(command) + " said " + Files.readString(output))
                .isZero();
    }

    private Process launch() throws IOException {
        Process started = new ProcessBuilder(
                        "/usr/sbin/slapd", "-h", "ldap://127.0.0.1:" + port + "/", "-f", "slapd.conf", "-d", "0")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("slapd.out").toFile())
                .start();
        await("slapd answers on port " + port).atMost(PATIENCE).until(this::answers);
        return started;
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    public int port() {
        return port;
    }

    public Path authority() {
        return directory.resolve("ca.pem");
    }

    /** It keeps its connections and answers nothing. */
    public void hang() throws Exception {
        run(directory, "kill", "-STOP", Long.toString(process.pid()));
    }

    public void goOn() throws Exception {
        run(directory, "kill", "-CONT", Long.toString(process.pid()));
    }

    public void stop() throws Exception {
        process.destroy();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    public void startAgain() throws IOException {
        process = launch();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
