// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.quarantine;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * The sentences of digests and of the pages behind their links, in one language.
 *
 * <p>Immutable.
 */
public final class DigestTexts {
    /** The languages there are. */
    public static final List<String> LANGUAGES = List.of("en", "de", "es", "fr", "it", "ja", "nl", "pt", "zh");

    private final String language;
    private final Map<String, String> texts;

    private DigestTexts(String language, Map<String, String> texts) {
        this.language = language;
        this.texts = Map.copyOf(texts);
    }

    /** The texts of a language, English when there are none. @param tag such as {@code de} or {@code pt-br} */
    public static DigestTexts of(String tag) {
        String whole = tag.toLowerCase(Locale.ROOT);
        int hyphen = whole.indexOf('-');
        String language = hyphen < 0 ? whole : whole.substring(0, hyphen);
        String known = LANGUAGES.contains(language) ? language : "en";
        try (InputStream in = DigestTexts.class.getResourceAsStream("texts/" + known + ".properties")) {
            if (in == null) {
                throw new IllegalStateException("the build lacks the texts of " + known);
            }
            Properties read = new Properties();
            try (Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
                read.load(reader);
            }
            Map<String, String> texts = new java.util.HashMap<>();
            read.stringPropertyNames().forEach(name -> texts.put(name, read.getProperty(name)));
            return new DigestTexts(known, texts);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public String language() {
        return language;
    }

    /** A text; {@code {name}} stands for the values, given as name, value, name, value. */
    public String text(String key, String... values) {
        String text = texts.get(key);
        if (text == null) {
            throw new IllegalArgumentException("there is no text " + key);
        }
        for (int i = 0; i + 1 < values.length; i += 2) {
            text = text.replace('{' + values[i] + '}', values[i + 1]);
        }
        return text;
    }

    /** The names of all texts. */
    java.util.Set<String> keys() {
        return texts.keySet();
    }
}
