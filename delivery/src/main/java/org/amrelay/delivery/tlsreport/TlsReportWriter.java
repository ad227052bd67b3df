// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tlsreport;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.amrelay.delivery.tlsreport.TlsReport.Failures;
import org.amrelay.delivery.tlsreport.TlsReport.PolicyReport;

/** Writes a report as JSON (RFC 8460 §4.4). Pure. */
public final class TlsReportWriter {
    private TlsReportWriter() {}

    /** UTF-8. */
    public static byte[] json(TlsReport report) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("organization-name", report.organization());
            json.writeObjectFieldStart("date-range");
            json.writeStringField("start-datetime", DateTimeFormatter.ISO_INSTANT.format(report.from()));
            json.writeStringField("end-datetime", DateTimeFormatter.ISO_INSTANT.format(report.to()));
            json.writeEndObject();
            json.writeStringField("contact-info", report.contact());
            json.writeStringField("report-id", report.id());
            json.writeArrayFieldStart("policies");
            for (PolicyReport policy : report.policies()) {
                write(json, policy);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator json, PolicyReport report) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("policy");
        json.writeStringField("policy-type", report.policy().kind().word());
        list(json, "policy-string", report.policy().text());
        json.writeStringField("policy-domain", report.policy().domain());
        list(json, "mx-host", report.policy().mxHosts());
        json.writeEndObject();
        json.writeObjectFieldStart("summary");
        json.writeNumberField("total-successful-session-count", report.successful());
        json.writeNumberField("total-failure-session-count", report.failed());
        json.writeEndObject();
        if (!report.failures().isEmpty()) {
            json.writeArrayFieldStart("failure-details");
            for (Failures failures : report.failures()) {
                write(json, failures);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void list(JsonGenerator json, String name, List<String> values) throws IOException {
        if (values.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, Failures failures) throws IOException {
        FailureDetail detail = failures.detail();
        json.writeStartObject();
        json.writeStringField("result-type", detail.result());
        unlessEmpty(json, "sending-mta-ip", detail.sendingIp());
        unlessEmpty(json, "receiving-mx-hostname", detail.receivingHost());
        unlessEmpty(json, "receiving-ip", detail.receivingIp());
        json.writeNumberField("failed-session-count", failures.sessions());
        json.writeEndObject();
    }

    private static void unlessEmpty(JsonGenerator json, String name, String value) throws IOException {
        if (!value.isEmpty()) {
            json.writeStringField(name, value);
        }
    }
}
