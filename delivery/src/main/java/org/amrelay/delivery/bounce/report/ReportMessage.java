// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.bounce.report;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.amrelay.delivery.bounce.report.ReportPart.Kind;

/**
 * A message as its parts, in their order; multiparts are opened, enclosed messages are not.
 *
 * <p>Immutable.
 *
 * @param header of the whole
 * @param parts at least one, at most 200
 */
public record ReportMessage(LooseHeader header, List<ReportPart> parts) {
    /** What stands behind so many bytes is not looked at. */
    public static final int MOST_BYTES = 2 << 20;

    private static final int MOST_PARTS = 200;
    private static final int DEEPEST = 8;
    private static final int MOST_TEXT = 512 * 1024;

    public ReportMessage {
        parts = List.copyOf(parts);
    }

    /** Reads the octets of a message; with any line ends, with or without an mbox line. */
    public static ReportMessage read(byte[] octets) {
        return read(new String(octets, 0, Math.min(octets.length, MOST_BYTES), StandardCharsets.ISO_8859_1));
    }

    /** The same from one character per octet. */
    public static ReportMessage read(String octets) {
        String text = octets.replace("\r\n", "\n").replace('\r', '\n');
        int start = 0;
        while (start < text.length() && text.charAt(start) <= ' ') {
            start++;
        }
        if (text.startsWith("From ", start) || text.startsWith(">From ", start)) {
            int line = text.indexOf('\n', start);
            start = line < 0 ? text.length() : line + 1;
        }
        List<ReportPart> parts = new ArrayList<>();
        LooseHeader.Parsed top = LooseHeader.parse(text, start, text.length());
        new Splitter(text, parts).entity(top.header(), start, top.bodyStart(), text.length(), 0);
        return new ReportMessage(top.header(), parts);
    }

    /** All parts of a kind. */
    public List<ReportPart> of(Kind kind) {
        return parts.stream().filter(part -> part.kind() == kind).toList();
    }

    /** What people read: the plain texts, else the HTML, else whatever stands before the parts. */
    public String words() {
        for (Kind kind : List.of(Kind.TEXT, Kind.HTML, Kind.PREAMBLE)) {
            StringBuilder words = new StringBuilder();
            for (ReportPart part : of(kind)) {
                words.append(part.text()).append('\n');
            }
            if (!words.toString().isBlank()) {
                return words.toString();
            }
        }
        return "";
    }

    /** One pass over the parts of a message. */
    private record Splitter(String text, List<ReportPart> parts) {
        void entity(LooseHeader header, int start, int bodyStart, int end, int depth) {
            String type = header.first("content-type").orElse("text/plain").strip();
            String lower = type.toLowerCase(Locale.ROOT);
            if (lower.startsWith("multipart") && depth < DEEPEST) {
                Optional<String> boundary = LooseHeader.parameter(type, "boundary")
                        .map(String::stripTrailing)
                        .filter(named -> delimiter(named, bodyStart, end) >= 0)
                        .or(() -> guessed(bodyStart, end));
                if (boundary.isPresent()) {
                    multipart(boundary.get(), bodyStart, end, depth);
                    return;
                }
                lower = "text/plain";
            }
            leaf(header, lower, type, start, bodyStart, end, depth);
        }

        private void multipart(String boundary, int from, int end, int depth) {
            int delimiter = delimiter(boundary, from, end);
            add(Kind.PREAMBLE, new LooseHeader(List.of()), text.substring(from, Math.min(delimiter, from + MOST_TEXT)));
            while (delimiter >= 0 && parts.size() < MOST_PARTS) {
                int line = text.indexOf('\n', delimiter);
                if (line < 0 || line >= end || closes(boundary, delimiter)) {
                    return;
                }
                int next = delimiter(boundary, line + 1, end);
                part(line + 1, next < 0 ? end : next, depth + 1);
                delimiter = next;
            }
        }

        private void part(int start, int end, int depth) {
            LooseHeader.Parsed parsed = LooseHeader.parse(text, start, end);
            boolean typed = parsed.header().fields().stream()
                    .anyMatch(field -> field.name().startsWith("content-"));
            if (!typed
                    && (parsed.header().has("final-recipient")
                            || parsed.header().has("reporting-mta"))) {
                add(Kind.STATUS, parsed.header(), text.substring(start, end));
            } else if (!typed
                    && (parsed.header().has("received") || parsed.header().has("return-path"))) {
                add(Kind.ORIGINAL, parsed.header(), text.substring(start, end));
            } else {
                entity(parsed.header(), start, parsed.bodyStart(), end, depth);
            }
        }

        private void leaf(LooseHeader header, String lower, String type, int start, int bodyStart, int end, int depth) {
            Kind kind = depth == 0 && !lower.startsWith("message/") && !lower.contains("html")
                    ? Kind.TEXT
                    : kind(header, lower);
            int limit = Math.min(end, bodyStart + (kind == Kind.OTHER ? 0 : MOST_TEXT));
            byte[] body = TransferDecoding.decode(
                    text.substring(Math.min(bodyStart, limit), limit),
                    header.first("content-transfer-encoding").orElse(""));
            String decoded = TransferDecoding.text(body, LooseHeader.parameter(type, "charset"))
                    .replace("\r\n", "\n")
                    .replace('\r', '\n');
            if (kind == Kind.STATUS || kind == Kind.FEEDBACK) {
                // Some forget the empty line before the fields
                decoded = (depth == 0 ? "" : text.substring(start, bodyStart)) + "\n\n" + decoded;
            }
            add(kind, header, kind == Kind.HTML ? HtmlText.of(decoded) : decoded);
        }

        private void add(Kind kind, LooseHeader header, String content) {
            parts.add(new ReportPart(kind, header, content));
        }

        private static Kind kind(LooseHeader header, String type) {
            String name = LooseHeader.parameter(type, "name")
                    .or(() -> header.first("content-disposition")
                            .flatMap(value -> LooseHeader.parameter(value, "filename")))
                    .orElse("")
                    .toLowerCase(Locale.ROOT);
            if (type.contains("delivery-status")
                    || type.contains("delivery status")
                    || name.contains("deliverystatus")) {
                return Kind.STATUS;
            } else if (type.contains("feedback-report")) {
                return Kind.FEEDBACK;
            } else if (type.contains("disposition-notification")) {
                return Kind.DISPOSITION;
            } else if (type.startsWith("message/") || type.contains("rfc822") || name.endsWith(".eml")) {
                return Kind.ORIGINAL;
            } else if (type.contains("json") || name.endsWith(".json")) {
                return Kind.JSON;
            } else if (type.startsWith("text/html") || type.startsWith("text/x-html")) {
                return Kind.HTML;
            }
            return type.startsWith("text") || type.isEmpty() ? Kind.TEXT : Kind.OTHER;
        }

        /** Where the next line is that starts with the boundary, or -1. */
        private int delimiter(String boundary, int from, int end) {
            String dashed = "--" + boundary;
            int at = from;
            while (at >= 0 && at < end) {
                at = text.indexOf(dashed, at);
                if (at < 0 || at >= end) {
                    return -1;
                }
                if ((at == from || at == 0 || text.charAt(at - 1) == '\n') && endsThere(at + dashed.length(), end)) {
                    return at;
                }
                at++;
            }
            return -1;
        }

        private boolean endsThere(int from, int end) {
            int i = text.startsWith("--", from) ? from + 2 : from;
            while (i < end && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
                i++;
            }
            return i >= end || text.charAt(i) == '\n';
        }

        private boolean closes(String boundary, int delimiter) {
            return text.startsWith("--", delimiter + 2 + boundary.length());
        }

        /** A container that names no boundary, or a wrong one: the first dashed line with a part's header below it. */
        private Optional<String> guessed(int from, int end) {
            for (int at = from; at >= 0 && at < end; at = text.indexOf('\n', at) + 1) {
                int line = text.indexOf('\n', at);
                if (line < 0 || line >= end) {
                    break;
                }
                if (line - at > 4
                        && text.startsWith("--", at)
                        && text.regionMatches(true, line + 1, "content-", 0, 8)) {
                    return Optional.of(text.substring(at + 2, line).stripTrailing());
                }
            }
            return Optional.empty();
        }
    }
}
