// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.amrelay.authentication.dkim.OwnKey;
import org.amrelay.authentication.keys.PrivateKeyReader;
import org.amrelay.authentication.keys.SigningKeys;

/**
 * DKIM keys in PEM files, as people write them: {@code selector._domainkey.domain=file}, several with commas between.
 *
 * <p>The files are read once, by {@link #open}. Safe for several threads.
 */
public final class PemFiles {
    private static final String MIDDLE = "._domainkey.";

    private final List<Entry> entries;
    private volatile Map<String, List<OwnKey>> opened = Map.of();

    private PemFiles(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    private record Entry(String domain, String selector, Path file) {}

    /**
     * Reads the text, not yet the files.
     *
     * @throws IllegalArgumentException with a sentence when an entry is wrong
     */
    public static PemFiles of(String text) {
        List<Entry> entries = new ArrayList<>();
        for (String entry : text.split("[,\\n]", -1)) {
            if (!entry.isBlank()) {
                entries.add(entry(entry.strip()));
            }
        }
        return new PemFiles(entries);
    }

    private static Entry entry(String text) {
        int equals = text.indexOf('=');
        String name = equals < 0 ? "" : text.substring(0, equals).strip().toLowerCase(Locale.ROOT);
        int middle = name.indexOf(MIDDLE);
        if (middle < 1 || middle + MIDDLE.length() == name.length()) {
            throw new IllegalArgumentException("has '" + text + "', which is not selector._domainkey.domain=file");
        }
        return new Entry(
                name.substring(middle + MIDDLE.length()),
                name.substring(0, middle),
                Path.of(text.substring(equals + 1).strip()));
    }

    /**
     * Reads the files.
     *
     * @throws IllegalArgumentException with a sentence when one holds no key
     */
    void open() {
        Map<String, List<OwnKey>> keys = new HashMap<>();
        for (Entry entry : entries) {
            keys.computeIfAbsent(entry.domain(), none -> new ArrayList<>()).add(read(entry));
        }
        keys.replaceAll((domain, list) -> List.copyOf(list));
        opened = Map.copyOf(keys);
    }

    private static OwnKey read(Entry entry) {
        try {
            String pem = Files.readString(entry.file(), StandardCharsets.ISO_8859_1);
            return PrivateKeyReader.pem(entry.domain(), entry.selector(), pem);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("'keys' names " + entry.file() + ", which cannot be read", unreadable);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("'keys' names " + entry.file() + ", which " + wrong.getMessage(), wrong);
        }
    }

    /** Those keys, and for other domains what else there is. */
    SigningKeys besides(SigningKeys others) {
        Map<String, List<OwnKey>> own = opened;
        return own.isEmpty()
                ? others
                : domain -> Optional.ofNullable(own.get(domain)).orElseGet(() -> others.of(domain));
    }

    @Override
    public String toString() {
        return entries.toString();
    }
}
