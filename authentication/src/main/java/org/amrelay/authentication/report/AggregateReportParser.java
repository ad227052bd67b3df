// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.amrelay.authentication.report.ReceivedReport.Row;
import org.amrelay.authentication.syntax.DomainNames;
import org.amrelay.authentication.syntax.Parsed;
import org.amrelay.authentication.syntax.SyntaxException;

/**
 * Reads the XML of an aggregate report (RFC 9990 §2.1, and RFC 7489 Appendix C), in one pass.
 *
 * <p>A document type, an entity that is declared somewhere, more than 20 levels or 10,000 rows make it malformed; nothing
 * outside of it is ever read. Elements that are not known are passed over. For one report.
 */
final class AggregateReportParser {
    private static final int BYTE_ORDER_MARK = 0xfeff;
    private static final int MOST_LEVELS = 20;
    private static final int MOST_ROWS = 10_000;
    private static final int MOST_TEXT = 1_000;
    private static final long MOST_MESSAGES = 1_000_000_000_000L;

    private final Deque<String> path = new ArrayDeque<>();
    private final StringBuilder text = new StringBuilder();
    private final Map<String, String> head = new HashMap<>();
    private final Map<String, String> row = new HashMap<>();
    private final List<Row> rows = new ArrayList<>();

    private AggregateReportParser() {}

    /** Reads the octets to their end. */
    static Parsed<ReceivedReport> parse(InputStream octets) {
        return Parsed.by(() -> new AggregateReportParser().read(octets));
    }

    private ReceivedReport read(InputStream octets) throws SyntaxException {
        // Java's own, whatever else is on the class path: its limits are known
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(characters(octets));
            while (xml.hasNext()) {
                take(xml, xml.next());
            }
            return report();
        } catch (XMLStreamException broken) {
            throw new SyntaxException(
                    "not XML: " + firstLine(broken.getNestedException() instanceof IOException limit ? limit : broken));
        } catch (IOException broken) {
            throw new SyntaxException("cannot be unpacked: " + firstLine(broken));
        }
    }

    /** UTF-8, whatever the declaration says: what is not, is in names of organizations, which nobody compares. */
    private static Reader characters(InputStream octets) throws IOException {
        PushbackReader reader = new PushbackReader(new InputStreamReader(octets, StandardCharsets.UTF_8));
        int first = reader.read();
        if (first >= 0 && first != BYTE_ORDER_MARK) {
            reader.unread(first);
        }
        return reader;
    }

    private static String firstLine(Exception broken) {
        String message = String.valueOf(broken.getMessage());
        return message.lines().findFirst().orElse(message);
    }

    private void take(XMLStreamReader xml, int event) throws SyntaxException {
        switch (event) {
            case XMLStreamConstants.START_ELEMENT -> {
                if (path.size() >= MOST_LEVELS) {
                    throw new SyntaxException("more than " + MOST_LEVELS + " levels");
                }
                path.addLast(xml.getLocalName());
                text.setLength(0);
            }
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                int room = MOST_TEXT - text.length();
                text.append(
                        xml.getTextCharacters(), xml.getTextStart(), Math.min(Math.max(room, 0), xml.getTextLength()));
            }
            case XMLStreamConstants.END_ELEMENT -> end();
            case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                throw new SyntaxException("a document type or an entity");
            default -> {
                // Comments, white space and the like
            }
        }
    }

    private void end() throws SyntaxException {
        String where = String.join("/", path);
        path.removeLast();
        String value = text.toString().strip();
        text.setLength(0);
        switch (where) {
            case "feedback/report_metadata/org_name",
                    "feedback/report_metadata/report_id",
                    "feedback/report_metadata/date_range/begin",
                    "feedback/report_metadata/date_range/end",
                    "feedback/policy_published/domain",
                    "feedback/policy_published/p" -> head.putIfAbsent(where, value);
            case "feedback/record/row/source_ip",
                    "feedback/record/row/count",
                    "feedback/record/row/policy_evaluated/disposition",
                    "feedback/record/row/policy_evaluated/dkim",
                    "feedback/record/row/policy_evaluated/spf",
                    "feedback/record/identifiers/header_from" -> row.putIfAbsent(where, value);
            case "feedback/record" -> endRow();
            default -> {
                // Not of interest, or not known
            }
        }
    }

    private void endRow() throws SyntaxException {
        if (rows.size() >= MOST_ROWS) {
            throw new SyntaxException("more than " + MOST_ROWS + " rows");
        }
        String evaluated = "feedback/record/row/policy_evaluated/";
        rows.add(new Row(
                address(required(row, "feedback/record/row/source_ip")),
                row.getOrDefault("feedback/record/identifiers/header_from", "").toLowerCase(Locale.ROOT),
                row.getOrDefault(evaluated + "disposition", "none").toLowerCase(Locale.ROOT),
                row.getOrDefault(evaluated + "dkim", "").equalsIgnoreCase("pass"),
                row.getOrDefault(evaluated + "spf", "").equalsIgnoreCase("pass"),
                number(required(row, "feedback/record/row/count"), MOST_MESSAGES)));
        row.clear();
    }

    private ReceivedReport report() throws SyntaxException {
        String domain = required(head, "feedback/policy_published/domain");
        return new ReceivedReport(
                required(head, "feedback/report_metadata/org_name"),
                required(head, "feedback/report_metadata/report_id"),
                DomainNames.canonical(domain).orElseThrow(() -> new SyntaxException("its domain is none")),
                head.getOrDefault("feedback/policy_published/p", "none").toLowerCase(Locale.ROOT),
                time("begin"),
                time("end"),
                rows);
    }

    private Instant time(String which) throws SyntaxException {
        return Instant.ofEpochSecond(
                number(required(head, "feedback/report_metadata/date_range/" + which), 99_999_999_999L));
    }

    private static String required(Map<String, String> values, String name) throws SyntaxException {
        String value = values.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw new SyntaxException("no " + name.substring(name.lastIndexOf('/') + 1));
        }
        return value;
    }

    private static long number(String text, long most) throws SyntaxException {
        boolean digits = text.length() <= 15 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        long number = digits ? Long.parseLong(text) : -1;
        if (number < 0 || number > most) {
            throw new SyntaxException("'" + text.substring(0, Math.min(20, text.length())) + "' is no number");
        }
        return number;
    }

    private static String address(String text) throws SyntaxException {
        boolean isPossible =
                text.length() <= 45 && text.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == '.' || c == ':');
        if (!isPossible) {
            throw new SyntaxException("a source is no IP address");
        }
        return text.toLowerCase(Locale.ROOT);
    }
}
