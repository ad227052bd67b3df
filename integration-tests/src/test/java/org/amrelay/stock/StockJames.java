// SPDX-License-Identifier: Apache-2.0
package org.amrelay.stock;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.awaitility.Awaitility;

/** James' own memory app in a process of its own, with its own libraries and our archive unpacked over its directory. */
final class StockJames implements Closeable {
    private static final Duration START = Duration.ofSeconds(120);
    private static final List<String> FILES = List.of(
            "smtpserver.xml",
            "domainlist.xml",
            "usersrepository.xml",
            "recipientrewritetable.xml",
            "dnsservice.xml",
            "mailrepositorystore.xml",
            "imapserver.xml",
            "pop3server.xml",
            "managesieveserver.xml",
            "lmtpserver.xml",
            "listeners.xml",
            "jmap.properties",
            "jmx.properties",
            "webadmin.properties",
            "logback.xml");

    private final Path home;
    private final Process process;
    private final int smtpPort;
    private final int adminPort;

    private StockJames(Path home, Process process, int smtpPort, int adminPort) {
        this.home = home;
        this.process = process;
        this.smtpPort = smtpPort;
        this.adminPort = adminPort;
    }

    /** The archive as Maven packages it; empty when only classes were built. */
    static Optional<Path> dropInArchive(Path checkout) throws IOException {
        return only(checkout.resolve("extensions/target"), "amr-extensions-", ".zip");
    }

    /** The libraries of the stock James; empty when they were not collected. */
    static Optional<Path> libraries(Path checkout) throws IOException {
        Path lib = checkout.resolve("extensions/stock-james/target/lib");
        return only(lib, "james-server-memory-app-", ".jar").map(Path::getParent);
    }

    private static Optional<Path> only(Path directory, String start, String end) throws IOException {
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith(start))
                    .filter(file -> file.getFileName().toString().endsWith(end))
                    .findFirst();
        }
    }

    static StockJames start(Path checkout, Path home, int destination) throws IOException {
        int smtpPort = freePort();
        int adminPort = freePort();
        Path conf = Files.createDirectories(home.resolve("conf"));
        for (String file : FILES) {
            try (InputStream in = StockJames.class.getResourceAsStream("/stock-james/" + file)) {
                String text = new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
                Files.writeString(
                        conf.resolve(file),
                        text.replace("@smtpPort@", Integer.toString(smtpPort))
                                .replace("@adminPort@", Integer.toString(adminPort)));
            }
        }
        unpack(dropInArchive(checkout).orElseThrow(), home);
        Path mailets = conf.resolve("mailetcontainer.xml");
        Files.writeString(
                mailets,
                Files.readString(mailets)
                        .replace("<gateway>mx</gateway>", "<gateway>127.0.0.1:" + destination + "</gateway>"));
        Files.writeString(
                conf.resolve("extensions.properties"),
                "\namr.hostname=relay.example\namr.routes=conf/routes.yaml\n"
                        + "amr.contentRules=conf/content-rules.yaml\n",
                StandardOpenOption.APPEND);
        Files.writeString(
                conf.resolve("content-rules.yaml"),
                "rules: [{name: tag, when: {recipient: [tag@relay.example]}, then: {subject-tag: '[TAG]'}}]\n");
        Files.writeString(
                conf.resolve("routes.yaml"),
                "routes: [{name: by-name, to: smarthosts, hosts: '127.0.0.1:" + destination
                        + "', ehlo: by-name.example, when: {recipients: smart@relay.example}}]\n");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-Dworking.directory=" + home,
                        "-Dlogback.configurationFile=" + conf.resolve("logback.xml"),
                        "-cp",
                        libraries(checkout).orElseThrow() + "/*",
                        "org.apache.james.MemoryJamesServerMain")
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("james.log").toFile())
                .start();
        StockJames james = new StockJames(home, process, smtpPort, adminPort);
        james.awaitStart();
        return james;
    }

    /** Copies what is in the archive's own folder over James' directory, as its README says. */
    private static void unpack(Path archive, Path home) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                Path inside = Path.of(entry.getName());
                if (entry.isDirectory() || inside.getNameCount() < 2) {
                    continue;
                }
                Path target = home.resolve(inside.subpath(1, inside.getNameCount()));
                Files.createDirectories(target.getParent());
                try (InputStream content = zip.getInputStream(entry)) {
                    Files.copy(content, target);
                }
            }
        }
    }

    private void awaitStart() {
        Awaitility.await("James started, see " + home.resolve("james.log"))
                .atMost(START)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new IllegalStateException("James has ended:\n" + log());
                    }
                    return log().contains("JAMES server started");
                });
    }

    int smtpPort() {
        return smtpPort;
    }

    String log() throws IOException {
        return Files.readString(home.resolve("james.log"));
    }

    /** Tells James' own administration something, such as an alias. */
    int put(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + adminPort + path))
                .timeout(Duration.ofSeconds(10))
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** Asks it to stop, as an operator does. */
    boolean stopped(Duration within) throws InterruptedException {
        process.destroy();
        return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
