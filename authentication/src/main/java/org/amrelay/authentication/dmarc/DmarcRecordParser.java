// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.dmarc;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.amrelay.authentication.dmarc.DmarcRecord.FailureOption;
import org.amrelay.authentication.dmarc.DmarcRecord.Suffix;

/** Reads a policy; behind the version, what is wrong is left out (RFC 9989 §4.8). */
final class DmarcRecordParser {
    private static final String VERSION = "DMARC1";
    private static final int MOST_URIS = 10;

    private DmarcRecordParser() {}

    /** Empty when the text does not start with the version, and is no policy therefore. */
    static Optional<DmarcRecord> parse(String text) {
        String[] parts = text.split(";", -1);
        int equals = parts[0].indexOf('=');
        boolean versioned = equals > 0
                && text.charAt(0) != ' '
                && parts[0].substring(0, equals).strip().equalsIgnoreCase("v")
                && parts[0].substring(equals + 1).strip().equals(VERSION);
        if (!versioned) {
            return Optional.empty();
        }
        Map<String, String> tags = new HashMap<>();
        for (String part : parts) {
            int at = part.indexOf('=');
            if (at > 0) {
                tags.putIfAbsent(
                        part.substring(0, at).strip().toLowerCase(Locale.ROOT),
                        part.substring(at + 1).strip());
            }
        }
        return Optional.of(record(tags));
    }

    private static DmarcRecord record(Map<String, String> tags) {
        List<URI> aggregate = uris(tags.getOrDefault("rua", ""));
        boolean readable = isReadable(tags, "p") && isReadable(tags, "sp") && isReadable(tags, "np");
        return new DmarcRecord(
                // A policy that cannot be read is none, when somebody waits for reports (RFC 9989 §4.10.1)
                readable ? policy(tags, "p").orElse(Policy.NONE) : Policy.NONE,
                readable ? policy(tags, "sp") : Optional.empty(),
                readable ? policy(tags, "np") : Optional.empty(),
                tags.getOrDefault("adkim", "r").equalsIgnoreCase("s"),
                tags.getOrDefault("aspf", "r").equalsIgnoreCase("s"),
                suffix(tags.getOrDefault("psd", "u")),
                tags.getOrDefault("t", "n").equalsIgnoreCase("y"),
                aggregate,
                uris(tags.getOrDefault("ruf", "")),
                failureOptions(tags.getOrDefault("fo", "0")),
                readable || !aggregate.isEmpty());
    }

    private static boolean isReadable(Map<String, String> tags, String tag) {
        return !tags.containsKey(tag) || policy(tags, tag).isPresent();
    }

    private static Optional<Policy> policy(Map<String, String> tags, String tag) {
        return switch (tags.getOrDefault(tag, "").toLowerCase(Locale.ROOT)) {
            case "none" -> Optional.of(Policy.NONE);
            case "quarantine" -> Optional.of(Policy.QUARANTINE);
            case "reject" -> Optional.of(Policy.REJECT);
            default -> Optional.empty();
        };
    }

    private static Suffix suffix(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "y" -> Suffix.YES;
            case "n" -> Suffix.NO;
            default -> Suffix.UNKNOWN;
        };
    }

    private static Set<FailureOption> failureOptions(String value) {
        Set<FailureOption> options = EnumSet.noneOf(FailureOption.class);
        for (String option : value.toLowerCase(Locale.ROOT).split(":", -1)) {
            switch (option.strip()) {
                case "0" -> options.add(FailureOption.ALL_FAIL);
                case "1" -> options.add(FailureOption.ANY_FAILS);
                case "d" -> options.add(FailureOption.DKIM_FAILS);
                case "s" -> options.add(FailureOption.SPF_FAILS);
                default -> {
                    return Set.of();
                }
            }
        }
        return options;
    }

    /** The limits that older records put behind an exclamation mark are ignored (RFC 9989 §4.8). */
    private static List<URI> uris(String value) {
        List<URI> uris = new ArrayList<>();
        for (String text : value.split(",", MOST_URIS + 1)) {
            int limit = text.indexOf('!');
            try {
                URI uri = new URI((limit < 0 ? text : text.substring(0, limit)).strip());
                if (uri.getScheme() != null && uris.size() < MOST_URIS) {
                    uris.add(uri);
                }
            } catch (URISyntaxException e) {
                // Not an address that anything could be sent to; the others count
            }
        }
        return uris;
    }
}
