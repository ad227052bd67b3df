// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.dns;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.amrelay.mail.dns.DnsAnswer.Status;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * Answers from the text of a master file (RFC 1035 §5.1); opens no socket.
 *
 * <p>Names are taken from the root, with or without the final dot, and no SOA is needed; a missing time to live is one
 * hour. Comment lines can make names misbehave: {@code ; SERVFAIL name}, {@code ; TIMEOUT name} (that name and all below
 * it), and {@code ; AUTHENTIC name} marks answers at and below a name as validated. Wildcards work (RFC 4592), aliases
 * are followed. Stages are complete when returned. Immutable.
 */
public final class ZoneFileDns implements Dns {
    private static final int MOST_ALIASES = 10;
    private static final Duration NEGATIVE_LIFETIME = Duration.ofMinutes(5);
    private static final Name WILDCARD = Name.fromConstantString("*");

    private final Map<Name, List<Record>> records = new HashMap<>();
    private final Set<Name> emptyNonTerminals = new HashSet<>();
    private final Map<Name, Status> failing = new HashMap<>();
    private final Set<Name> authentic = new HashSet<>();

    private ZoneFileDns() {}

    /**
     * Reads the text of a zone file.
     *
     * @throws IOException with the line, when the text is not a master file
     */
    public static ZoneFileDns parse(String text) throws IOException {
        ZoneFileDns dns = new ZoneFileDns();
        for (String line : text.split("\n", -1)) {
            dns.readDirective(line.strip());
        }
        try (Master master = new Master(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                Name.root,
                Duration.ofHours(1).toSeconds())) {
            for (Record record = master.nextRecord(); record != null; record = master.nextRecord()) {
                dns.add(record);
            }
        }
        return dns;
    }

    private void readDirective(String line) throws TextParseException {
        String[] words = line.startsWith(";") ? line.substring(1).strip().split("\\s+", -1) : new String[0];
        if (words.length != 2) {
            return;
        }
        switch (words[0]) {
            case "SERVFAIL" -> failing.put(nameOf(words[1]), Status.SERVER_FAILURE);
            case "TIMEOUT" -> failing.put(nameOf(words[1]), Status.TIME_OUT);
            case "AUTHENTIC" -> authentic.add(nameOf(words[1]));
            default -> {
                // An ordinary comment of two words
            }
        }
    }

    private static Name nameOf(String text) throws TextParseException {
        return Name.fromString(text.toLowerCase(Locale.ROOT), Name.root);
    }

    private void add(Record record) {
        records.computeIfAbsent(record.getName(), name -> new ArrayList<>()).add(record);
        for (Name name = record.getName(); name.labels() > 1; name = new Name(name, 1)) {
            emptyNonTerminals.add(name);
        }
    }

    @Override
    public <T> CompletionStage<DnsAnswer<T>> query(String name, RecordType<T> type) {
        try {
            return CompletableFuture.completedFuture(answer(nameOf(name), type));
        } catch (TextParseException e) {
            // No zone can hold a name that is none
            return CompletableFuture.completedFuture(DnsAnswer.none(Status.NO_SUCH_NAME, false, NEGATIVE_LIFETIME));
        }
    }

    private <T> DnsAnswer<T> answer(Name asked, RecordType<T> type) {
        Name name = asked;
        boolean validated = true;
        for (int aliases = 0; aliases <= MOST_ALIASES; aliases++) {
            // An answer is as safe as the least safe of its aliases
            validated &= isAuthentic(name);
            Status failure = failureOf(name);
            if (failure != Status.RECORDS) {
                return DnsAnswer.failure(failure, failure + " of " + name);
            }
            List<Record> all = at(name);
            List<Record> found =
                    all.stream().filter(r -> r.getType() == type.number()).toList();
            if (!found.isEmpty()) {
                return DnsAnswer.of(
                        type.read(found),
                        validated,
                        Duration.ofSeconds(found.get(0).getTTL()));
            }
            List<Record> alias =
                    all.stream().filter(r -> r.getType() == Type.CNAME).toList();
            if (alias.isEmpty()) {
                boolean exists = !all.isEmpty() || emptyNonTerminals.contains(name);
                return DnsAnswer.none(exists ? Status.NO_DATA : Status.NO_SUCH_NAME, validated, NEGATIVE_LIFETIME);
            }
            name = ((CNAMERecord) alias.get(0)).getTarget();
        }
        return DnsAnswer.failure(Status.SERVER_FAILURE, "too many aliases from " + asked);
    }

    private List<Record> at(Name name) {
        List<Record> exact = records.get(name);
        if (exact != null || emptyNonTerminals.contains(name)) {
            return exact == null ? List.of() : exact;
        }
        for (int labels = 1; labels < name.labels(); labels++) {
            Name parent = new Name(name, labels);
            List<Record> wild = records.get(below(parent));
            if (wild != null) {
                return wild;
            }
            if (emptyNonTerminals.contains(parent)) {
                // The closest encloser decides; wildcards above it do not apply (RFC 4592 §2.2.1)
                return List.of();
            }
        }
        return List.of();
    }

    private static Name below(Name parent) {
        try {
            return Name.concatenate(WILDCARD, parent);
        } catch (org.xbill.DNS.NameTooLongException e) {
            return parent;
        }
    }

    private Status failureOf(Name name) {
        for (Name at = name; ; at = new Name(at, 1)) {
            Status status = failing.get(at);
            if (status != null) {
                return status;
            }
            if (at.labels() <= 1) {
                return Status.RECORDS;
            }
        }
    }

    private boolean isAuthentic(Name name) {
        return authentic.stream().anyMatch(zone -> name.equals(zone) || name.subdomain(zone));
    }
}
