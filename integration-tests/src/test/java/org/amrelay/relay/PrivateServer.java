// SPDX-License-Identifier: Apache-2.0
package org.amrelay.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A mail server of the machine as a process of our own, on one port of 127.0.0.1, with a certificate, its configuration
 * and its queue in a directory of the test. It hands mail for there.example and here.example to one other port, and knows
 * no {@code stranger@there.example}.
 */
final class PrivateServer implements Closeable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final Path log;
    private final int port;

    private PrivateServer(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    static PrivateServer exim(Path directory, int nextPort) throws Exception {
        String program = Programs.need("exim4");
        needsUser("Debian-exim");
        int port = freePort();
        prepare(directory, "Debian-exim");
        Path config = Files.writeString(directory.resolve("exim.conf"), eximConfig(program, directory, port, nextPort));
        // Exim believes no configuration that others could have written
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-r--r--"));
        return start(
                directory, port, directory.resolve("log/mainlog"), List.of(program, "-bdf", "-C", config.toString()));
    }

    private static String eximConfig(String program, Path directory, int port, int nextPort) {
        return """
                exim_path = PROGRAM
                primary_hostname = exim.there.example
                keep_environment =
                spool_directory = DIR/spool
                log_file_path = DIR/log/%slog
                pid_file_path = DIR/spool/exim.pid
                local_interfaces = 127.0.0.1
                daemon_smtp_ports = PORT
                host_lookup =
                tls_advertise_hosts = *
                tls_certificate = DIR/certificate.pem
                tls_privatekey = DIR/key.pem
                chunking_advertise_hosts = *
                smtputf8_advertise_hosts = *
                pipelining_advertise_hosts = *
                acl_smtp_rcpt = rcpt
                begin acl
                rcpt:
                  deny message = no such user here
                       local_parts = stranger
                  accept domains = there.example : here.example
                  deny message = relaying denied
                begin routers
                nowhere:
                  driver = redirect
                  condition = ${if match{$local_part}{^j}}
                  allow_fail
                  data = :blackhole:
                onward:
                  driver = manualroute
                  route_list = * 127.0.0.1
                  transport = onward
                  self = send
                begin transports
                onward:
                  driver = smtp
                  port = NEXT
                  allow_localhost
                begin retry
                * * F,1m,1s
                """.replace("PROGRAM", program)
                .replace("DIR", directory.toString())
                .replace("PORT", Integer.toString(port))
                .replace("NEXT", Integer.toString(nextPort));
    }

    static PrivateServer openSmtpd(Path directory, int nextPort) throws Exception {
        // Its name is that of other programs as well
        String control = Programs.need("smtpctl");
        String program = Path.of(control).resolveSibling("smtpd").toString();
        needsUser("opensmtpd");
        needsUser("opensmtpq");
        int port = freePort();
        prepare(directory, "root");
        Path config = Files.writeString(directory.resolve("smtpd.conf"), """
                pki there cert "DIR/certificate.pem"
                pki there key "DIR/key.pem"
                listen on 127.0.0.1 port PORT tls pki there hostname opensmtpd.there.example
                action onward relay host smtp://127.0.0.1:NEXT
                match from any for domain { there.example, here.example } rcpt-to { bob@there.example, alice@here.example } \
                action onward
                """.replace("DIR", directory.toString())
                .replace("PORT", Integer.toString(port))
                .replace("NEXT", Integer.toString(nextPort)));
        // Built for OpenSSL 1.1, it loses its key in OpenSSL 3 unless an engine has the methods of keys
        Files.writeString(directory.resolve("openssl.cnf"), """
                openssl_conf = init
                [init]
                engines = engines
                [engines]
                pkcs11 = pkcs11
                [pkcs11]
                default_algorithms = PKEY
                """);
        // The places of its queue and its socket are built in: where the kernel allows it, it gets its own
        String script = """
                folders() { mkdir -p /var/spool/smtpd /var/lib/opensmtpd/empty && chmod 711 /var/spool/smtpd; }
                if [ "$1" = own ]; then
                  mount -t tmpfs tmpfs /var/spool && mount -t tmpfs tmpfs /var/lib && mount -t tmpfs tmpfs /run || exit 1
                elif unshare -m true 2>/dev/null; then
                  exec unshare -m sh "$0" own
                fi
                export OPENSSL_CONF="${0%/*}/openssl.cnf"
                folders && exec PROGRAM -d -f CONFIG
                """.replace("PROGRAM", program).replace("CONFIG", config.toString());
        Path starter = Files.writeString(directory.resolve("start.sh"), script);
        return start(directory, port, directory.resolve("log/console"), List.of("sh", starter.toString()));
    }

    private static void needsUser(String name) throws IOException {
        boolean there =
                Files.readAllLines(Path.of("/etc/passwd")).stream().anyMatch(line -> line.startsWith(name + ":"));
        Programs.needThat(there, "needs the user " + name + " (.ci/run makes it)");
        Programs.needThat("root".equals(System.getProperty("user.name")), "needs root to start a mail server");
    }

    private static void prepare(Path directory, String owner) throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        writeCertificate(directory);
        var user = directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(owner);
        for (String folder : List.of("spool", "log")) {
            Files.setOwner(Files.createDirectories(directory.resolve(folder)), user);
        }
        Files.setOwner(directory.resolve("key.pem"), user);
    }

    /** {@code certificate.pem} and {@code key.pem}, in the form that all servers read. */
    static void writeCertificate(Path directory) throws Exception {
        Programs.run(
                directory,
                Map.of(),
                List.of(
                        Programs.need("openssl"),
                        "req",
                        "-x509",
                        "-newkey",
                        "rsa:2048",
                        "-nodes",
                        "-keyout",
                        "key.pem",
                        "-out",
                        "certificate.pem",
                        "-days",
                        "2",
                        "-subj",
                        "/CN=there.example"));
        Files.setPosixFilePermissions(directory.resolve("key.pem"), PosixFilePermissions.fromString("rw-------"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static PrivateServer start(Path directory, int port, Path log, List<String> command) throws IOException {
        Path console = directory.resolve("log/console");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(console.toFile())
                .start();
        PrivateServer server = new PrivateServer(process, log, port);
        await(command + " answers; its words are in " + console)
                .atMost(PATIENCE)
                .until(() -> {
                    assertThat(process.isAlive())
                            .as(() -> command + " ended; it said: " + said(console))
                            .isTrue();
                    return answers(port);
                });
        return server;
    }

    private static String said(Path console) {
        try {
            return Files.readString(console);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(2000);
            return socket.getInputStream().read() == '2';
        } catch (IOException notYet) {
            return false;
        }
    }

    int port() {
        return port;
    }

    /** What it wrote into its log. */
    String log() {
        return said(log);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
