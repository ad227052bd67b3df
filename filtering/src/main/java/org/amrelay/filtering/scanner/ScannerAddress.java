// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.scanner;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Where a scanner listens: {@code host:port}, or {@code unix:/path/of/its/socket}.
 *
 * <p>Immutable. A host's name is looked up anew for each connection.
 */
public final class ScannerAddress {
    private static final String UNIX = "unix:";
    private static final int LARGEST_PORT = 65_535;

    private final String text;

    private ScannerAddress(String text) {
        this.text = text;
    }

    /**
     * Reads the text.
     *
     * @throws IllegalArgumentException with a sentence
     */
    public static ScannerAddress of(String text) {
        if (text.startsWith(UNIX)) {
            try {
                if (!Path.of(text.substring(UNIX.length())).isAbsolute()) {
                    throw new IllegalArgumentException("needs an absolute path behind unix:");
                }
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException("has no path behind unix:", e);
            }
        } else if (colon(text) <= 0 || port(text) < 1 || port(text) > LARGEST_PORT) {
            throw new IllegalArgumentException("must be like 127.0.0.1:3310 or unix:/run/clamav/clamd.ctl");
        }
        return new ScannerAddress(text);
    }

    private static int colon(String text) {
        return text.lastIndexOf(':');
    }

    private static int port(String text) {
        String digits = text.substring(colon(text) + 1);
        return digits.length() < 6 && !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9')
                ? Integer.parseInt(digits)
                : -1;
    }

    /** As the operating system wants it; may block for the look-up of a name, and be unresolved. */
    SocketAddress socketAddress() {
        if (text.startsWith(UNIX)) {
            return UnixDomainSocketAddress.of(text.substring(UNIX.length()));
        }
        String host = text.substring(0, colon(text));
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        return new InetSocketAddress(bracketed ? host.substring(1, host.length() - 1) : host, port(text));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScannerAddress that && that.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
