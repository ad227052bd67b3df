// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tlsreport;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.amrelay.mail.address.EmailAddress;

/**
 * Where a domain wants its reports (RFC 8460 §3).
 *
 * @param mail addresses, at most ten
 * @param web {@code https:} addresses, at most ten
 */
public record ReportAddresses(List<EmailAddress> mail, List<String> web) {
    private static final int MOST = 10;
    private static final String VERSION = "v=TLSRPTv1";

    public ReportAddresses {
        mail = List.copyOf(mail);
        web = List.copyOf(web);
    }

    /** The record among all of {@code _smtp._tls.DOMAIN}; none unless there is exactly one of this kind. */
    public static Optional<ReportAddresses> among(List<String> records) {
        List<String> candidates = records.stream()
                .filter(text -> text.startsWith(VERSION)
                        && text.substring(VERSION.length()).stripLeading().startsWith(";"))
                .toList();
        return candidates.size() == 1 ? parse(candidates.get(0)) : Optional.empty();
    }

    private static Optional<ReportAddresses> parse(String text) {
        List<EmailAddress> mail = new ArrayList<>();
        List<String> web = new ArrayList<>();
        for (String field : text.split(";", -1)) {
            String stripped = field.strip();
            if (stripped.startsWith("rua=")) {
                for (String uri : stripped.substring(4).split(",", -1)) {
                    read(uri.strip(), mail, web);
                }
            }
        }
        return mail.isEmpty() && web.isEmpty() ? Optional.empty() : Optional.of(new ReportAddresses(mail, web));
    }

    private static void read(String uri, List<EmailAddress> mail, List<String> web) {
        if (uri.regionMatches(true, 0, "mailto:", 0, 7) && mail.size() < MOST) {
            address(uri.substring(7)).ifPresent(mail::add);
        } else if (uri.regionMatches(true, 0, "https://", 0, 8) && web.size() < MOST) {
            web.add(uri);
        }
    }

    private static Optional<EmailAddress> address(String uri) {
        int query = uri.indexOf('?');
        String path = query < 0 ? uri : uri.substring(0, query);
        try {
            // A plus sign stands for itself in this kind of URI (RFC 6068 §2)
            return EmailAddress.parse(URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8))
                    .filter(each -> each.toString().chars().allMatch(c -> c > ' ' && c < 127));
        } catch (IllegalArgumentException e) {
            // One address that cannot be read does not spoil the others
            return Optional.empty();
        }
    }
}
