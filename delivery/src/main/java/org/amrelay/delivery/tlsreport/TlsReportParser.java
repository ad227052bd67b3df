// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tlsreport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.amrelay.delivery.json.BoundedJson;
import org.amrelay.delivery.tlsreport.ReportedPolicy.Kind;
import org.amrelay.delivery.tlsreport.TlsReport.Failures;
import org.amrelay.delivery.tlsreport.TlsReport.PolicyReport;

/**
 * Reads reports of others, compressed or not (RFC 8460 §4).
 *
 * <p>Everything is bounded: ten megabytes inflated, a thousand policies, ten thousand failures. Unknown members are
 * ignored, missing texts are empty. Pure.
 */
public final class TlsReportParser {
    private static final int LARGEST = 8 << 20;
    private static final int MOST_POLICIES = 1000;
    private static final int MOST_FAILURES = 10_000;

    private TlsReportParser() {}

    /** @throws IOException with a sentence, when it is no report */
    public static TlsReport parse(byte[] bytes) throws IOException {
        Map<String, Object> root = BoundedJson.object(inflated(bytes));
        Map<String, Object> range = BoundedJson.member(root, "date-range");
        List<PolicyReport> policies = new ArrayList<>();
        for (Map<String, Object> each : BoundedJson.members(root, "policies", MOST_POLICIES)) {
            policies.add(policy(each));
        }
        if (policies.isEmpty()) {
            throw new IOException("the report has no policies");
        }
        return new TlsReport(
                BoundedJson.text(root, "organization-name"),
                time(BoundedJson.text(range, "start-datetime")),
                time(BoundedJson.text(range, "end-datetime")),
                BoundedJson.text(root, "contact-info"),
                BoundedJson.text(root, "report-id"),
                policies);
    }

    private static byte[] inflated(byte[] bytes) throws IOException {
        boolean compressed = bytes.length > 2 && bytes[0] == 0x1f && (bytes[1] & 0xff) == 0x8b;
        try (InputStream in =
                compressed ? new GZIPInputStream(new ByteArrayInputStream(bytes)) : new ByteArrayInputStream(bytes)) {
            byte[] all = in.readNBytes(LARGEST + 1);
            if (all.length > LARGEST) {
                throw new IOException("the report is larger than " + LARGEST + " bytes");
            }
            return all;
        }
    }

    private static Instant time(String text) throws IOException {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IOException("the report's time is none: " + e.getMessage(), e);
        }
    }

    private static PolicyReport policy(Map<String, Object> entry) throws IOException {
        Map<String, Object> policy = BoundedJson.member(entry, "policy");
        Map<String, Object> summary = BoundedJson.member(entry, "summary");
        List<Failures> failures = new ArrayList<>();
        for (Map<String, Object> each : BoundedJson.members(entry, "failure-details", MOST_FAILURES)) {
            failures.add(new Failures(
                    new FailureDetail(
                            BoundedJson.text(each, "result-type"),
                            BoundedJson.text(each, "sending-mta-ip"),
                            BoundedJson.text(each, "receiving-mx-hostname"),
                            BoundedJson.text(each, "receiving-ip")),
                    BoundedJson.number(each, "failed-session-count")));
        }
        return new PolicyReport(
                new ReportedPolicy(
                        kind(BoundedJson.text(policy, "policy-type")),
                        BoundedJson.texts(policy, "policy-string"),
                        BoundedJson.text(policy, "policy-domain"),
                        BoundedJson.texts(policy, "mx-host")),
                BoundedJson.number(summary, "total-successful-session-count"),
                BoundedJson.number(summary, "total-failure-session-count"),
                failures);
    }

    private static Kind kind(String word) throws IOException {
        return Optional.of(word)
                .flatMap(text -> List.of(Kind.values()).stream()
                        .filter(kind -> kind.word().equals(text))
                        .findFirst())
                .orElseThrow(() -> new IOException("the report has an unknown type of policy"));
    }
}
