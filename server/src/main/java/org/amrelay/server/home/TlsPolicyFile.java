// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.home;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.amrelay.delivery.tls.TlsPolicy;
import org.amrelay.delivery.tlspolicy.DomainTls;
import org.amrelay.delivery.tlspolicy.TlsPolicySettings;

/**
 * What {@code conf/tls-policy.yaml} says: how secure deliveries must be.
 *
 * <p>Immutable. A file that is not there says the defaults; all mistakes are in one {@link StartRefused}.
 *
 * @param fallback for destinations without an exception
 * @param settings exceptions, and whether DANE and MTA-STS are honoured
 */
public record TlsPolicyFile(TlsPolicy fallback, TlsPolicySettings settings) {
    private static final String DOMAINS = "domains" + YamlFile.LEVEL;
    private static final List<String> PARTS = List.of("policy", "fingerprints", "names");

    /** Reads the file of a home. */
    public static TlsPolicyFile read(Home home) {
        return read(home.conf());
    }

    /** Reads the file in a directory of configuration, which need not be in the default file system. */
    public static TlsPolicyFile read(Path conf) {
        return new Reading(YamlFile.read(conf.resolve("tls-policy.yaml"))).all();
    }

    /** One reading, which collects all mistakes. */
    private static final class Reading {
        private final Path file;
        private final Map<String, YamlFile.Entry> values;
        private final List<String> mistakes = new ArrayList<>();
        private final Map<String, Map<String, YamlFile.Entry>> domains = new LinkedHashMap<>();

        Reading(YamlFile yaml) {
            this.file = yaml.file();
            this.values = yaml.values();
        }

        TlsPolicyFile all() {
            values.forEach((place, entry) -> {
                if (place.startsWith(DOMAINS)) {
                    takeDomain(place.substring(DOMAINS.length()), entry);
                } else if (!List.of("default", "dane", "mta-sts").contains(place) && !isEmptyDomains(place, entry)) {
                    wrong(
                            entry,
                            "'" + place.replace(YamlFile.LEVEL, ".")
                                    + "' is unknown; there are default, dane, mta-sts and domains");
                }
            });
            TlsPolicy fallback = Optional.ofNullable(values.get("default"))
                    .flatMap(entry -> policy(entry, "default"))
                    .orElse(TlsPolicy.OPPORTUNISTIC);
            if (fallback == TlsPolicy.FINGERPRINT) {
                mistakes.add("default is 'fingerprint', but fingerprints belong to a domain");
            }
            Map<String, DomainTls> exceptions = new HashMap<>();
            domains.forEach(
                    (domain, parts) -> exception(domain, parts).ifPresent(found -> exceptions.put(domain, found)));
            TlsPolicySettings settings = new TlsPolicySettings(exceptions, isOn("dane"), isOn("mta-sts"));
            if (!mistakes.isEmpty()) {
                mistakes.sort(Comparator.naturalOrder());
                throw new StartRefused(file + " " + String.join("; ", mistakes));
            }
            return new TlsPolicyFile(fallback, settings);
        }

        private static boolean isEmptyDomains(String place, YamlFile.Entry entry) {
            return place.equals("domains") && entry.value().isEmpty();
        }

        private void takeDomain(String place, YamlFile.Entry entry) {
            String[] words = place.split(YamlFile.LEVEL, -1);
            String part = words.length == 1 ? "policy" : words[1];
            if (words.length > 2 || !PARTS.contains(part)) {
                wrong(
                        entry,
                        "'" + place.replace(YamlFile.LEVEL, ".") + "' is unknown; a domain has "
                                + String.join(", ", PARTS));
                return;
            }
            domains.computeIfAbsent(words[0].toLowerCase(Locale.ROOT), domain -> new HashMap<>())
                    .put(part, entry);
        }

        private Optional<DomainTls> exception(String domain, Map<String, YamlFile.Entry> parts) {
            YamlFile.Entry policy = parts.get("policy");
            YamlFile.Entry first = parts.values().iterator().next();
            if (policy == null) {
                wrong(first, "the domain " + domain + " has no policy");
                return Optional.empty();
            }
            try {
                return policy(policy, "the policy of " + domain)
                        .map(found -> new DomainTls(found, list(parts, "fingerprints"), list(parts, "names")));
            } catch (IllegalArgumentException e) {
                wrong(first, domain + ": " + e.getMessage());
                return Optional.empty();
            }
        }

        private static List<String> list(Map<String, YamlFile.Entry> parts, String name) {
            YamlFile.Entry entry = parts.get(name);
            return entry == null
                    ? List.of()
                    : Arrays.stream(entry.value().split(",", -1))
                            .map(String::strip)
                            .filter(word -> !word.isEmpty())
                            .toList();
        }

        private Optional<TlsPolicy> policy(YamlFile.Entry entry, String what) {
            Optional<TlsPolicy> found = Arrays.stream(TlsPolicy.values())
                    .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(entry.value()))
                    .findFirst();
            if (found.isEmpty()) {
                wrong(
                        entry,
                        what + " is '" + entry.value()
                                + "', but must be none, opportunistic, required, verified, dane or fingerprint");
            }
            return found;
        }

        private boolean isOn(String name) {
            YamlFile.Entry entry = values.get(name);
            if (entry != null && !List.of("true", "false").contains(entry.value())) {
                wrong(entry, name + " is '" + entry.value() + "', but must be true or false");
            }
            return entry == null || entry.value().equals("true");
        }

        private void wrong(YamlFile.Entry entry, String sentence) {
            mistakes.add("line " + entry.line() + ": " + sentence);
        }
    }
}
