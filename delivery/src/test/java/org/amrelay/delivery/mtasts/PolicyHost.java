// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.mtasts;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.amrelay.delivery.tls.TestAuthority.Issued;

/** A web server with one page, on a free port of 127.0.0.1. */
public final class PolicyHost implements AutoCloseable {
    private final HttpsServer server;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile String type = "text/plain; charset=utf-8";
    private volatile String body;

    public PolicyHost(Issued certificate, String body) {
        this.body = body;
        try {
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Host"));
            byte[] bytes = body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.getResponseHeaders().set("Location", "https://127.0.0.1:" + port() + "/elsewhere");
            exchange.sendResponseHeaders(status, bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        });
        server.start();
    }

    private String body() {
        return body;
    }

    public PolicyHost answers(int withStatus, String withType, String withBody) {
        status = withStatus;
        type = withType;
        body = withBody;
        return this;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public List<String> requests() {
        return requests;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
