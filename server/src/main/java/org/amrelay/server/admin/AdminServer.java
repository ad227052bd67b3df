// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.amrelay.storage.failure.StorageUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The admin API, the health pages and the console over HTTP.
 *
 * <p>Four threads; bodies up to 64 KB; a request has ten seconds to arrive. A request whose {@code Host} is none of ours
 * is refused, so that no web page can reach the API through a name that points here (DNS rebinding).
 */
public final class AdminServer implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(AdminServer.class);
    private static final int THREADS = 4;
    private static final int BACKLOG = 50;
    private static final int MOST_BODY = 64 * 1024;

    private final HttpServer server;
    private final ExecutorService threads;
    private final AdminRoutes routes;
    private final AdminToken token;
    private final Set<String> hosts;

    private AdminServer(
            HttpServer server, ExecutorService threads, AdminRoutes routes, AdminToken token, Set<String> hosts) {
        this.server = server;
        this.threads = threads;
        this.routes = routes;
        this.token = token;
        this.hosts = hosts;
    }

    /**
     * Listens, then returns.
     *
     * @param hostname a name that may stand in {@code Host} besides the loopback's
     * @throws IOException when the port cannot be had
     */
    public static AdminServer start(InetSocketAddress address, String hostname, AdminRoutes routes, AdminToken token)
            throws IOException {
        // The JDK's server reads these once; its own defaults wait for ever.
        System.setProperty("sun.net.httpserver.maxReqTime", "10");
        System.setProperty("sun.net.httpserver.maxRspTime", "60");
        HttpServer http = HttpServer.create(address, BACKLOG);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, work -> {
            Thread thread = new Thread(work, "admin");
            thread.setDaemon(true);
            return thread;
        });
        Set<String> hosts = Set.of(
                "127.0.0.1",
                "localhost",
                "[::1]",
                hostname.toLowerCase(Locale.ROOT).equals("localhost") ? "::1" : hostname.toLowerCase(Locale.ROOT));
        AdminServer server = new AdminServer(http, threads, routes, token, hosts);
        http.createContext("/", server::handle);
        http.setExecutor(threads);
        http.start();
        return server;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            send(exchange, answer(exchange));
        } catch (IOException gone) {
            LOGGER.debug("admin client went away: {}", gone.getMessage());
        }
    }

    private AdminAnswer answer(HttpExchange exchange) throws IOException {
        String host = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Host"))
                .orElse("");
        String path = exchange.getRequestURI().getRawPath();
        AdminRequest asked;
        try {
            asked = AdminRequest.of(
                    exchange.getRequestMethod(),
                    path,
                    Optional.ofNullable(exchange.getRequestURI().getRawQuery()),
                    new byte[0]);
        } catch (IllegalArgumentException wrong) {
            return AdminAnswer.error(400, "this is no address: " + wrong.getMessage());
        }
        String name = withoutPort(host).toLowerCase(Locale.ROOT);
        if (!hosts.contains(name) && !routes.isOpenTo(name, asked.path())) {
            return AdminAnswer.error(421, "this is not the admin API of '" + host + "'");
        }
        // Judged by the words that are routed, not by how they were written
        if (!asked.isOpen()
                && !token.accepts(
                        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")))) {
            return AdminAnswer.error(401, "send the token of the home's admin.token: Authorization: Bearer …");
        }
        byte[] body = body(exchange.getRequestBody());
        if (body.length > MOST_BODY) {
            return AdminAnswer.error(413, "a request has at most 64 KB");
        }
        try {
            return routes.answer(asked.with(body));
        } catch (IllegalArgumentException wrong) {
            return AdminAnswer.error(400, String.valueOf(wrong.getMessage()));
        } catch (StorageUnavailable unavailable) {
            return AdminAnswer.error(503, String.valueOf(unavailable.getMessage()));
        } catch (RuntimeException bug) {
            LOGGER.error("{} {} failed", exchange.getRequestMethod(), path, bug);
            return AdminAnswer.error(500, "this failed; the log says more");
        }
    }

    private static byte[] body(InputStream stream) throws IOException {
        return stream.readNBytes(MOST_BODY + 1);
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }

    private static void send(HttpExchange exchange, AdminAnswer answer) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", answer.type());
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action "
                        + (isForRecipients(exchange) ? "'self'" : "'none'")
                        + "; frame-ancestors 'none'; base-uri 'none'");
        if (answer.code() == 401) {
            headers.set("WWW-Authenticate", "Bearer");
        }
        exchange.sendResponseHeaders(answer.code(), answer.body().length == 0 ? -1 : answer.body().length);
        if (answer.body().length > 0 && !exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseBody().write(answer.body());
        }
        List.copyOf(answer.afterwards()).forEach(Runnable::run);
    }

    private static boolean isForRecipients(HttpExchange exchange) {
        return exchange.getRequestURI().getRawPath().startsWith("/" + AdminRoutes.RECIPIENTS + "/");
    }

    /** Stops listening; requests that are being answered have a second. */
    @Override
    public void close() {
        server.stop(1);
        threads.shutdown();
        try {
            threads.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
