// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Unicode's table of characters that look alike (UTS 39 §4), read once when it is first needed. Immutable. */
final class Confusables {
    private static final String FILE = "confusables.txt";

    private final Map<Integer, String> lookalikes;
    private final String[] latin = new String[128];

    private Confusables(Map<Integer, String> lookalikes) {
        this.lookalikes = lookalikes;
        for (int c = 0; c < latin.length; c++) {
            latin[c] = lookalikes.getOrDefault(c, String.valueOf((char) c));
        }
    }

    private static final class Holder {
        private static final Confusables TABLE = read();
    }

    static Confusables table() {
        return Holder.TABLE;
    }

    private static Confusables read() {
        Map<Integer, String> table = new HashMap<>(16_384);
        InputStream file = Objects.requireNonNull(Confusables.class.getResourceAsStream(FILE), FILE);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int tab = line.indexOf('\t');
                if (tab > 0) {
                    String looks = line.substring(0, tab);
                    line.substring(tab + 1).codePoints().forEach(c -> table.put(c, looks));
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(FILE, broken);
        }
        // The small palochka, with which names are forged; Unicode's table takes it for an i
        table.put(0x4cf, "l");
        return new Confusables(table);
    }

    /** Appends what a character looks like: itself for most. */
    void append(int c, StringBuilder text) {
        if (c < latin.length) {
            text.append(latin[c]);
            return;
        }
        String looks = lookalikes.get(c);
        if (looks == null) {
            text.appendCodePoint(c);
        } else {
            text.append(looks);
        }
    }
}
