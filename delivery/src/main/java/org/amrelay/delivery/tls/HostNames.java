// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Compares the DNS names of a certificate with the names that a server may have (RFC 6125 §6.4).
 *
 * <p>Only subject alternative names count; a wildcard stands for the whole left-most label and no more.
 */
public final class HostNames {
    private static final int DNS_NAME = 2;
    private static final int MOST_NAMES = 1000;

    private HostNames() {}

    /** Whether the certificate is for one of the names. */
    public static boolean match(X509Certificate certificate, List<String> names) {
        List<String> presented = of(certificate);
        return names.stream().anyMatch(name -> presented.stream().anyMatch(each -> matches(each, name)));
    }

    /** The DNS names of a certificate in lower case, at most a thousand. */
    public static List<String> of(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            if (all == null) {
                return names;
            }
            for (List<?> entry : all) {
                if (names.size() < MOST_NAMES
                        && entry.size() > 1
                        && Integer.valueOf(DNS_NAME).equals(entry.get(0))
                        && entry.get(1) instanceof String name) {
                    names.add(withoutDot(name));
                }
            }
        } catch (CertificateParsingException e) {
            // A certificate that cannot be read names nobody
            return List.of();
        }
        return names;
    }

    /** Whether a presented name, perhaps with a wildcard, covers a host. */
    public static boolean matches(String presented, String host) {
        String pattern = withoutDot(presented);
        String name = withoutDot(host);
        if (!pattern.startsWith("*.")) {
            return !name.isEmpty() && pattern.equals(name);
        }
        int dot = name.indexOf('.');
        String rest = pattern.substring(1);
        // A wildcard for a whole top-level domain is a mistake of its issuer
        return dot > 0 && rest.indexOf('.', 1) > 0 && rest.indexOf('*') < 0 && rest.equals(name.substring(dot));
    }

    private static String withoutDot(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
