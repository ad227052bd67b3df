// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.report;

import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.amrelay.authentication.MessageVerdict;
import org.amrelay.authentication.dkim.DkimResult;
import org.amrelay.authentication.dmarc.DmarcRecord;
import org.amrelay.authentication.dmarc.DmarcResult;
import org.amrelay.authentication.dmarc.Policy;
import org.amrelay.authentication.spf.SpfQuery;
import org.amrelay.authentication.spf.SpfResult;
import org.amrelay.authentication.syntax.DomainNames;

/**
 * What one message contributes to a report (RFC 9990 §2.1.1), in a form that equal messages share.
 *
 * <p>Immutable.
 *
 * @param domain the policy domain
 * @param destinations {@code rua=}, spaces between
 * @param policy the published policy as XML
 * @param requested what the domain asks for; empty when the message passed
 * @param record the row as XML, with empty elements for the count and for what was done
 */
public record Observation(String domain, String destinations, String policy, String requested, String record) {
    /** Where the count goes. */
    static final String COUNT = "<count/>";

    private static final String DONE = "<disposition/>";
    private static final int MOST_SIGNATURES = 10;

    /**
     * Takes from a verdict what is to be reported.
     *
     * @param sender the domain of the envelope sender, empty for the null sender
     * @return empty when the domain has no policy or wants no reports
     */
    public static Optional<Observation> of(MessageVerdict verdict, String sender) {
        DmarcResult dmarc = verdict.dmarc();
        return dmarc.found()
                .filter(found -> !found.record().aggregateReports().isEmpty())
                .map(found -> new Observation(
                        found.domain(),
                        found.record().aggregateReports().stream()
                                .map(URI::toString)
                                .collect(Collectors.joining(" ")),
                        policy(found),
                        dmarc.failure().map(fail -> fail.policy().word()).orElse(""),
                        record(verdict, found, sender)));
    }

    private static String policy(DmarcResult.Published found) {
        DmarcRecord record = found.record();
        Xml xml = new Xml()
                .open("policy_published")
                .element("domain", found.domain())
                .element("discovery_method", "treewalk")
                .element("p", record.policy().word());
        record.subdomains().map(Policy::word).ifPresent(word -> xml.element("sp", word));
        record.missingSubdomains().map(Policy::word).ifPresent(word -> xml.element("np", word));
        return xml.element("adkim", record.strictDkim() ? "s" : "r")
                .element("aspf", record.strictSpf() ? "s" : "r")
                .element("testing", record.testing() ? "y" : "n")
                .close("policy_published")
                .toString();
    }

    private static String record(MessageVerdict verdict, DmarcResult.Published found, String sender) {
        boolean passed = verdict.dmarc() instanceof DmarcResult.Pass;
        String author = verdict.dmarc().authorDomain();
        boolean dkim = passed
                && verdict.dkim().stream()
                        .anyMatch(result -> result.isPass()
                                && isAligned(
                                        result.domain(),
                                        author,
                                        found,
                                        found.record().strictDkim()));
        boolean spf = passed
                && verdict.spf().status() == SpfResult.Status.PASS
                && isAligned(
                        verdict.spf().domain(), author, found, found.record().strictSpf());
        Xml xml = new Xml()
                .open("record")
                .open("row")
                .element("source_ip", verdict.iprev().client().getHostAddress())
                .raw(COUNT)
                .open("policy_evaluated")
                .raw(DONE)
                .element("dkim", dkim ? "pass" : "fail")
                .element("spf", spf ? "pass" : "fail")
                .close("policy_evaluated")
                .close("row")
                .open("identifiers")
                .element("header_from", author)
                .element("envelope_from", sender)
                .close("identifiers")
                .open("auth_results");
        results(xml, verdict);
        return xml.close("auth_results").close("record").toString();
    }

    private static void results(Xml xml, MessageVerdict verdict) {
        verdict.dkim().stream()
                .filter(result -> !result.domain().isEmpty())
                .sorted(Comparator.comparing(result -> !result.isPass()))
                .limit(MOST_SIGNATURES)
                .forEach(result -> signature(xml, result));
        if (verdict.spf().query().identity() == SpfQuery.Identity.MAIL_FROM) {
            xml.open("spf")
                    .element("domain", verdict.spf().domain())
                    .element("scope", "mfrom")
                    .element("result", verdict.spf().status().word())
                    .close("spf");
        }
    }

    private static void signature(Xml xml, DkimResult result) {
        xml.open("dkim")
                .element("domain", result.domain())
                .element("selector", result.selector())
                .element("result", result.status().word())
                .close("dkim");
    }

    /** Under the author's organizational domain there is no other one in the cases that pass. */
    private static boolean isAligned(String domain, String author, DmarcResult.Published found, boolean strict) {
        return strict ? domain.equals(author) : DomainNames.isWithin(domain, found.organizationalDomain());
    }

    /** The row with what was done; when that is less than asked for, it says so (RFC 9990 §2.1.5). */
    String recordWith(Disposition disposition) {
        if (requested.isEmpty()) {
            return record.replace(DONE, new Xml().element("disposition", "pass").toString());
        }
        String done = record.replace(
                DONE, new Xml().element("disposition", disposition.word()).toString());
        return disposition.word().equals(requested)
                ? done
                : done.replace("</policy_evaluated>", "<reason><type>local_policy</type></reason></policy_evaluated>");
    }

    /** One text, for whoever carries it with a message. */
    public String text() {
        return String.join("\n", List.of(domain, destinations, policy, requested, record));
    }

    /** Reads {@link #text()} back; empty when it is none. */
    public static Optional<Observation> parse(String text) {
        String[] parts = text.split("\n", -1);
        return parts.length == 5
                ? Optional.of(new Observation(parts[0], parts[1], parts[2], parts[3], parts[4]))
                : Optional.empty();
    }
}
