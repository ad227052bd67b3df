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
 * hour. Comment lines can make names misbehave: {@code ; SERVFAIL name} fails each question for that name, {@code ; TIMEOUT
 * name} each question that the file has no record for; {@code *.name} means all names below. {@code ; AUTHENTIC name} marks
 * answers at and below a name as validated. Wildcards work (RFC 4592), aliases are followed. Octets above 127 stand for
 * themselves. Stages are complete when returned. Immutable.
 */
public final class ZoneFileDns implements Dns {
    private static final int MOST_ALIASES = 10;
    private static final Duration NEGATIVE_LIFETIME = Duration.ofMinutes(5);
    private static final int LONGEST_STRING = 255;
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
        return parse(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The same for the octets of a zone file. */
    public static ZoneFileDns parse(byte[] octets) throws IOException {
        String text = readable(octets);
        ZoneFileDns dns = new ZoneFileDns();
        for (String line : text.split("\n", -1)) {
            dns.readDirective(line.strip());
        }
        try (Master master = new Master(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)),
                Name.root,
                Duration.ofHours(1).toSeconds())) {
            master.disableIncludes(true);
            for (Record record = master.nextRecord(); record != null; record = master.nextRecord()) {
                dns.add(record);
            }
        }
        return dns;
    }

    /**
     * The text as dnsjava reads it: octets that are not US-ASCII as escapes (RFC 1035 §5.1), so that nobody has a charset
     * to mistake, and quoted texts of more than 255 octets, which people paste in one piece, as several.
     */
    private static String readable(byte[] octets) {
        StringBuilder text = new StringBuilder(octets.length + 64);
        boolean quoted = false;
        boolean comment = false;
        int length = 0;
        for (int i = 0; i < octets.length; i++) {
            char c = (char) (octets[i] & 0xff);
            if (c == '\n') {
                comment = false;
            } else if (c == ';' && !quoted) {
                comment = true;
            } else if (c == '"' && !comment) {
                quoted = !quoted;
                length = -1;
            }
            length++;
            if (quoted && length > LONGEST_STRING) {
                text.append("\" \"");
                length = 1;
            }
            text.append(c < 0x80 ? String.valueOf(c) : "\\" + (int) c);
            int escaped = c == '\\' && !comment ? escapedOctets(octets, i) : 0;
            for (int last = Math.min(i + escaped, octets.length - 1); i < last; ) {
                i++;
                text.append((char) (octets[i] & 0x7f));
            }
        }
        return text.toString();
    }

    /** How many octets belong to the backslash at this place. */
    private static int escapedOctets(byte[] octets, int at) {
        boolean number = at + 3 < octets.length;
        for (int i = at + 1; number && i <= at + 3; i++) {
            number = octets[i] >= '0' && octets[i] <= '9';
        }
        return number ? 3 : 1;
    }

    private void readDirective(String line) throws TextParseException {
        String[] words = line.startsWith(";") ? line.substring(1).strip().split("\\s+", -1) : new String[0];
        if (words.length != 2) {
            return;
        }
        switch (words[0].toUpperCase(Locale.ROOT)) {
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
            if (failure == Status.SERVER_FAILURE) {
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
            if (alias.isEmpty() && failure == Status.TIME_OUT) {
                return DnsAnswer.failure(failure, failure + " of " + name);
            }
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
        Status own = failing.get(name);
        for (int labels = 1; own == null && labels < name.labels(); labels++) {
            own = failing.get(below(new Name(name, labels)));
        }
        return own == null ? Status.RECORDS : own;
    }

    private boolean isAuthentic(Name name) {
        return authentic.stream().anyMatch(zone -> name.equals(zone) || name.subdomain(zone));
    }
}
