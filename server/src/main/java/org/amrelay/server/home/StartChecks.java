// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.home;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;

/**
 * Finds what would make a start fail, while it can still be said in one clear line.
 *
 * <p>A port can still be taken between this look and the real one; then the bind fails with the system's own words.
 */
public final class StartChecks {
    private StartChecks() {}

    /** Looks at the ports and the TLS files. */
    public static void check(Home home, RelaySettings settings) {
        for (Setting setting : Setting.ALL) {
            if (setting.kind() == Setting.Kind.PORT) {
                String address = setting.variable().equals("AMR_PORT_ADMIN") ? "AMR_LISTEN_ADMIN" : "AMR_LISTEN_MAIL";
                checkPort(setting, settings.value(address), settings.port(setting.variable()));
            }
        }
        checkCertificate(settings.certificate(home));
        checkKey(settings.key(home));
    }

    private static void checkPort(Setting setting, String address, int port) {
        if (port == 0) {
            return;
        }
        String hint = "; change " + setting.path() + " in conf/relay.yaml or set " + setting.variable();
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getByName(address), port));
        } catch (UnknownHostException unknown) {
            throw new StartRefused("cannot listen on " + address + ": no such address", unknown);
        } catch (IOException refused) {
            String reason = port < 1024 && String.valueOf(refused.getMessage()).contains("Permission")
                    ? "needs more rights than this user has"
                    : String.valueOf(refused.getMessage()).contains("in use")
                            ? "is in use by another program"
                            : "cannot be used: " + refused.getMessage();
            throw new StartRefused("port " + port + " on " + address + " " + reason + hint, refused);
        }
    }

    private static void checkCertificate(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            if (CertificateFactory.getInstance("X.509")
                    .generateCertificates(content)
                    .isEmpty()) {
                throw new StartRefused("certificate " + file + " is empty; tls.certificate expects a PEM file");
            }
        } catch (IOException unreadable) {
            throw new StartRefused("certificate " + file + " cannot be read" + kind(unreadable), unreadable);
        } catch (CertificateException broken) {
            throw new StartRefused("certificate " + file + " is not a PEM certificate chain", broken);
        }
    }

    private static void checkKey(Path file) {
        try {
            if (!Files.readString(file, StandardCharsets.ISO_8859_1).contains("PRIVATE KEY-----")) {
                throw new StartRefused("key " + file + " is not a PEM private key");
            }
        } catch (IOException unreadable) {
            throw new StartRefused("key " + file + " cannot be read" + kind(unreadable), unreadable);
        }
    }

    private static String kind(IOException unreadable) {
        return switch (unreadable.getClass().getSimpleName()) {
            case "NoSuchFileException" -> ": it does not exist";
            case "AccessDeniedException" -> ": permission denied";
            default -> ": " + unreadable.getMessage();
        };
    }
}
