// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.virus;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.amrelay.filtering.scanner.TimedConnection;

/**
 * The head of an ICAP answer, and of the HTTP response in it.
 *
 * @param code of ICAP (RFC 3507 §4.3.3)
 * @param fields by their names in lower case
 * @param replacement the status line of the response that comes back; empty when none does
 */
record IcapAnswer(int code, Map<String, String> fields, String replacement) {
    private static final int MOST = 16 * 1024;
    private static final String END = "\r\n\r\n";

    static IcapAnswer read(TimedConnection icap) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(MOST);
        String text = "";
        int end = -1;
        boolean more = true;
        // The status line behind the head is wanted too, when there is one
        while (more && (end < 0 || isWantingMore(text, end))) {
            more = icap.read(bytes) >= 0 && bytes.hasRemaining();
            text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
            end = text.indexOf(END);
        }
        if (end < 0) {
            throw text.isEmpty()
                    ? new EOFException("the ICAP server closed the connection without an answer")
                    : new IOException("the ICAP server gave no answer that can be understood");
        }
        return parse(text.substring(0, end), text.substring(end + END.length()));
    }

    private static boolean isWantingMore(String text, int end) {
        return text.startsWith("ICAP/1.0 200")
                && text.substring(0, end).toLowerCase(Locale.ROOT).contains("res-hdr")
                && text.indexOf("\r\n", end + END.length()) < 0;
    }

    private static IcapAnswer parse(String head, String behind) throws IOException {
        String[] lines = head.split("\r\n", -1);
        String[] status = lines[0].split(" ", 3);
        if (status.length < 2 || !status[0].startsWith("ICAP/") || !status[1].matches("[1-5][0-9][0-9]")) {
            throw new IOException("the ICAP server gave no answer that can be understood");
        }
        Map<String, String> fields = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                fields.put(
                        lines[i].substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        lines[i].substring(colon + 1).strip());
            }
        }
        String replacement =
                behind.startsWith("HTTP/") ? behind.lines().findFirst().orElse("") : "";
        return new IcapAnswer(Integer.parseInt(status[1]), fields, replacement);
    }

    Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /** What it means for the message that was shown. */
    ScanResult result() throws IOException {
        Optional<String> found = field("x-infection-found")
                .map(IcapAnswer::threat)
                .or(() -> field("x-virus-id"))
                .or(() -> field("x-violations-found").map(all -> "policy violation"));
        if (found.isPresent()) {
            return new ScanResult.Infected(found.get());
        } else if (code == 204) {
            return new ScanResult.Clean();
        } else if (code == 413) {
            return new ScanResult.Unscannable("it is too large for the ICAP server");
        } else if (code != 200) {
            throw new IOException("the ICAP server answers " + code);
        }
        boolean unchanged = replacement.isEmpty() || replacement.contains(" 200");
        return unchanged ? new ScanResult.Clean() : new ScanResult.Infected("refused: " + replacement);
    }

    /** {@code Type=0; Resolution=2; Threat=Eicar-Test-Signature;} */
    private static String threat(String value) {
        int start = value.indexOf("Threat=");
        String name = start < 0 ? value : value.substring(start + "Threat=".length());
        int end = name.indexOf(';');
        return end < 0 ? name : name.substring(0, end);
    }
}
