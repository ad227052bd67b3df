// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.dmarc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.amrelay.authentication.dmarc.DmarcRecord.Suffix;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.DnsAnswer;
import org.amrelay.mail.dns.RecordType;

/**
 * Finds policies on the way from a domain to the root (DNS tree walk, RFC 9989 §4.10).
 *
 * <p>At most eight names are asked for, all at the same time: without a {@code psd} tag, which is rare, all are needed.
 */
final class TreeWalk {
    private static final int MOST_PARENTS = 7;

    private final Dns dns;

    TreeWalk(Dns dns) {
        this.dns = dns;
    }

    /** A policy, and where it was found. */
    record Found(String domain, DmarcRecord record) {}

    /**
     * What a walk found.
     *
     * @param start where it started
     * @param records from the longest name to the shortest
     * @param failure why the walk could not be ended
     */
    record Walk(String start, List<Found> records, Optional<String> failure) {
        /** RFC 9989 §4.10.2. */
        String organizationalDomain() {
            for (Found found : records) {
                if (found.record().suffix() == Suffix.NO) {
                    return found.domain();
                }
                if (found.record().suffix() == Suffix.YES && !found.domain().equals(start)) {
                    return oneLabelBelow(found.domain());
                }
            }
            return records.isEmpty() ? start : records.get(records.size() - 1).domain();
        }

        private String oneLabelBelow(String domain) {
            String above = start.substring(0, start.length() - domain.length() - 1);
            return start.substring(above.lastIndexOf('.') + 1);
        }

        /** The policy for the domain where the walk started: its own, its organization's, its suffix's (§4.10.1). */
        Optional<Found> policy() {
            String organization = organizationalDomain();
            return at(start)
                    .or(() -> at(organization))
                    .or(() -> records.stream()
                            .filter(found -> found.record().suffix() == Suffix.YES)
                            .findFirst());
        }

        private Optional<Found> at(String domain) {
            return records.stream().filter(f -> f.domain().equals(domain)).findFirst();
        }
    }

    /** The names of a walk, from the longest to the shortest. */
    static List<String> names(String domain) {
        List<String> names = new ArrayList<>();
        names.add(domain);
        String[] labels = domain.split("\\.", -1);
        for (int i = Math.max(1, labels.length - MOST_PARENTS); i < labels.length; i++) {
            names.add(String.join(".", List.of(labels).subList(i, labels.length)));
        }
        return names;
    }

    CompletionStage<Walk> from(String domain) {
        List<String> names = names(domain);
        List<CompletableFuture<DnsAnswer<String>>> answers = names.stream()
                .map(name -> dns.query("_dmarc." + name, RecordType.TXT).toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> walked(
                        names, answers.stream().map(CompletableFuture::join).toList()));
    }

    private static Walk walked(List<String> names, List<DnsAnswer<String>> answers) {
        List<Found> found = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            DnsAnswer<String> answer = answers.get(i);
            if (answer.isTemporary()) {
                return new Walk(names.get(0), found, Optional.of(answer.cause()));
            }
            Optional<DmarcRecord> record = record(answer);
            if (record.isPresent()) {
                found.add(new Found(names.get(i), record.get()));
                if (record.get().suffix() != Suffix.UNKNOWN) {
                    break;
                }
            }
        }
        return new Walk(names.get(0), found, Optional.empty());
    }

    /** Several policies at one name are none (RFC 9989 §4.10). */
    static Optional<DmarcRecord> record(DnsAnswer<String> answer) {
        List<DmarcRecord> records = answer.records().stream()
                .map(DmarcRecordParser::parse)
                .flatMap(Optional::stream)
                .toList();
        return records.size() == 1 ? Optional.of(records.get(0)) : Optional.empty();
    }
}
