// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.bounce;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.amrelay.delivery.bounce.reason.PhraseList;
import org.amrelay.delivery.bounce.report.ReportMessage;

/**
 * The words of a notice, divided from the message that many servers put below them without any MIME.
 *
 * @param said what the server says
 * @param quoted the message that it quotes, with its header; may be empty text
 */
record SaidText(String said, String quoted) {
    private static final Set<String> SURE = Set.of("received", "message-id", "mime-version", "return-path", "x-mailer");
    private static final Set<String> USUAL = Set.of(
            "from",
            "to",
            "cc",
            "subject",
            "date",
            "reply-to",
            "sender",
            "content-type",
            "content-transfer-encoding",
            "in-reply-to",
            "references",
            "dkim-signature",
            "delivered-to",
            "user-agent",
            "importance",
            "errors-to");
    private static final int WINDOW = 40;
    private static final int LONGEST_MARK = 120;

    /** Divides the text where the original is announced, or where a header begins that can only be its own. */
    static SaidText divide(String words, PhraseList signs) {
        List<String> lines = words.lines().toList();
        int offset = 0;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            boolean announced = i > 0 && isAnnouncement(line, signs) && originalFollows(lines, i + 1);
            if (announced || isHeaderStart(lines, i)) {
                int from = Math.min(words.length(), announced ? offset + line.length() + 1 : offset);
                return new SaidText(words.substring(0, Math.min(offset, words.length())), words.substring(from));
            }
            offset += line.length() + 1;
        }
        return new SaidText(words, "");
    }

    private static boolean isAnnouncement(String line, PhraseList signs) {
        return line.length() <= LONGEST_MARK && signs.has("original-follows", PhraseList.plain(line));
    }

    /** Somewhere soon there is a field; else the sentence only spoke of the original. */
    private static boolean originalFollows(List<String> lines, int from) {
        for (int i = from; i < Math.min(lines.size(), from + 6); i++) {
            String name = fieldName(lines.get(i).strip());
            if (SURE.contains(name) || USUAL.contains(name) || name.startsWith("x-")) {
                return true;
            }
        }
        return false;
    }

    /** A block of fields of which one is of the kind that only messages have. */
    private static boolean isHeaderStart(List<String> lines, int from) {
        String first = fieldName(lines.get(from));
        if (!SURE.contains(first) && !USUAL.contains(first) && !first.startsWith("x-")) {
            return false;
        }
        int fields = 0;
        boolean sure = false;
        for (int i = from; i < Math.min(lines.size(), from + WINDOW); i++) {
            String line = lines.get(i);
            if (line.isBlank()) {
                break;
            }
            boolean folded = line.startsWith(" ") || line.startsWith("\t");
            String name = folded ? "" : fieldName(line);
            if (!folded && name.isEmpty()) {
                break;
            }
            sure |= SURE.contains(name);
            fields += folded ? 0 : 1;
        }
        return sure && fields >= 2;
    }

    private static String fieldName(String line) {
        int colon = line.indexOf(':');
        if (colon < 2 || colon > 40) {
            return "";
        }
        String name = line.substring(0, colon).stripTrailing();
        return name.chars().allMatch(c -> c > ' ' && c < 127) ? name.toLowerCase(Locale.ROOT) : "";
    }

    /** The quoted message as one. */
    ReportMessage original() {
        return ReportMessage.read(quoted.stripLeading());
    }

    /** What is said without lines that answer to somebody. */
    String withoutCitations() {
        StringBuilder out = new StringBuilder();
        said.lines()
                .filter(line -> !line.startsWith(">"))
                .forEach(line -> out.append(line).append('\n'));
        return out.toString();
    }
}
