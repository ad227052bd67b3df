// SPDX-License-Identifier: Apache-2.0
package org.amrelay.relay;

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
import java.util.stream.Collectors;

/** The machine's Postfix with a configuration and a queue of its own, which hands everything to one port of 127.0.0.1. */
final class PrivatePostfix implements Closeable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path directory;
    private final String postfix;
    private final int port;

    private PrivatePostfix(Path directory, String postfix, int port) {
        this.directory = directory;
        this.postfix = postfix;
        this.port = port;
    }

    /**
     * Starts it; skips the test where that cannot be.
     *
     * @param directory that other users of the machine may enter
     */
    static PrivatePostfix start(Path directory, int nextPort) throws Exception {
        String postfix = Programs.need("postfix");
        Programs.needThat("root".equals(System.getProperty("user.name")), "needs root to start a Postfix");
        String settings = Programs.run(directory, Map.of(), List.of(Programs.need("postconf"), "-M"));
        int port = freePort();
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String folder : List.of("etc", "queue", "data", "log")) {
            Path made = Files.createDirectories(directory.resolve(folder));
            Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.setOwner(
                directory.resolve("data"),
                directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postfix"));
        PrivateServer.writeCertificate(directory);
        Files.writeString(directory.resolve("etc/master.cf"), services(settings, port));
        Files.writeString(
                directory.resolve("etc/main.cf"),
                String.join(
                        "\n",
                        "compatibility_level = 3.6",
                        "queue_directory = " + directory.resolve("queue"),
                        "data_directory = " + directory.resolve("data"),
                        "maillog_file = " + directory.resolve("log/mail.log"),
                        "maillog_file_prefixes = " + directory,
                        "myhostname = postfix.there.example",
                        "inet_interfaces = 127.0.0.1",
                        "inet_protocols = ipv4",
                        "smtpd_tls_security_level = may",
                        "smtpd_tls_cert_file = " + directory.resolve("certificate.pem"),
                        "smtpd_tls_key_file = " + directory.resolve("key.pem"),
                        "mydestination =",
                        "relay_domains = there.example, here.example",
                        "relay_transport = relay:[127.0.0.1]:" + nextPort,
                        "relay_recipient_maps = inline:{ {bob@there.example = x}, {alice@here.example = x} }",
                        "smtpd_relay_restrictions = reject_unauth_destination",
                        "smtp_host_lookup = native",
                        ""));
        PrivatePostfix started = new PrivatePostfix(directory, postfix, port);
        started.command("start");
        await("Postfix answers on port " + port).atMost(PATIENCE).until(started::answers);
        return started;
    }

    /** Debian's services, none in a chroot, without the ones that need other programs. */
    private static String services(String settings, int port) {
        return settings.lines()
                        .map(line -> line.split("\\s+", 8))
                        .filter(service -> service.length == 8)
                        .filter(service -> !service[7].startsWith("pipe") && !service[0].equals("postlog"))
                        .filter(service -> !service[1].equals("inet") || service[0].equals("smtp"))
                        .map(service -> {
                            service[0] = service[1].equals("inet") ? "127.0.0.1:" + port : service[0];
                            service[4] = "n";
                            return String.join(" ", service);
                        })
                        .collect(Collectors.joining("\n"))
                + "\npostlog unix-dgram n - n - 1 postlogd\n";
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(2000);
            return socket.getInputStream().read() == '2';
        } catch (IOException notYet) {
            return false;
        }
    }

    private void command(String word) throws Exception {
        Programs.run(
                directory,
                Map.of(),
                List.of(postfix, "-c", directory.resolve("etc").toString(), word));
    }

    int port() {
        return port;
    }

    /** What it wrote into its log. */
    String log() throws IOException {
        return Files.readString(directory.resolve("log/mail.log"));
    }

    @Override
    public void close() throws IOException {
        try {
            command("stop");
        } catch (Exception failed) {
            throw new IOException("Postfix does not stop", failed);
        }
    }
}
