// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.amrelay.server.admin.Answers;
import org.amrelay.server.admin.Json;

/**
 * Suppression lists as files: CSV with a line of names, or one JSON object a line.
 *
 * <p>Names are address, account, reason, source, since and until; only the address has to be there. A CSV file without a
 * line of names has the address in front. Reads line by line, so size does not matter.
 */
final class SuppressionFile {
    static final String NAMES = "address,account,reason,source,since,until";

    private static final String FORMULA = "=+-@";

    private final Json json = new Json();
    private List<String> columns = List.of(NAMES.split(",", -1));

    /** Reads all entries. */
    void read(BufferedReader lines, Consumer<Answers.Suppressed> each) throws IOException {
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            String text = number == 1 && line.startsWith("\ufeff") ? line.substring(1) : line;
            if (text.isBlank() || text.startsWith("#")) {
                continue;
            }
            try {
                entry(text.strip()).ifPresent(each);
            } catch (IllegalArgumentException | IOException wrong) {
                throw new IllegalArgumentException("line " + number + ": " + wrong.getMessage(), wrong);
            }
        }
    }

    private Optional<Answers.Suppressed> entry(String line) throws IOException {
        if (line.startsWith("{")) {
            return Optional.of(json.read(line, Answers.Suppressed.class));
        }
        List<String> cells = cells(line);
        if (cells.stream().anyMatch(cell -> cell.strip().equalsIgnoreCase("address"))) {
            columns = cells.stream()
                    .map(cell -> cell.strip().toLowerCase(Locale.ROOT))
                    .toList();
            return Optional.empty();
        }
        return Optional.of(new Answers.Suppressed(
                0,
                cell(cells, "address"),
                cell(cells, "account"),
                cell(cells, "reason"),
                cell(cells, "source"),
                cell(cells, "since"),
                cell(cells, "until")));
    }

    private String cell(List<String> cells, String name) {
        int column = columns.indexOf(name);
        String cell = column >= 0 && column < cells.size() ? cells.get(column) : "";
        boolean escaped = cell.length() > 1 && cell.charAt(0) == '\'' && FORMULA.indexOf(cell.charAt(1)) >= 0;
        return escaped ? cell.substring(1) : cell;
    }

    /** RFC 4180, without line ends inside quotes. */
    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                cell.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        if (quoted) {
            throw new IllegalArgumentException("a quote is not closed");
        }
        cells.add(cell.toString());
        return cells;
    }

    /** One line of CSV; text that a spreadsheet would take for a formula is quoted with an apostrophe. */
    static String csv(Answers.Suppressed entry) {
        return String.join(
                ",",
                quoted(entry.address()),
                quoted(entry.account()),
                quoted(entry.reason()),
                quoted(entry.source()),
                quoted(entry.since()),
                quoted(entry.until()));
    }

    private static String quoted(String text) {
        String harmless = text.isEmpty() || FORMULA.indexOf(text.charAt(0)) < 0 ? text : "'" + text;
        return harmless.indexOf(',') < 0 && harmless.indexOf('"') < 0
                ? harmless
                : '"' + harmless.replace("\"", "\"\"") + '"';
    }
}
