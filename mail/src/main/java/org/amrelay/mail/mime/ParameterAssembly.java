// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.amrelay.mail.text.DecodedText;
import org.amrelay.mail.text.TextDecoder;

/** Puts the sections of parameters together and decodes them (RFC 2231, and RFC 2047 where it is forbidden and usual). For one field. */
final class ParameterAssembly {
    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private boolean intact;

    private ParameterAssembly(boolean intact) {
        this.intact = intact;
    }

    static Parameters of(List<ParameterPiece> pieces, boolean intact) {
        if (pieces.isEmpty()) {
            return intact ? Parameters.NONE : new Parameters(Map.of(), false);
        }
        ParameterAssembly assembly = new ParameterAssembly(intact);
        Map<String, TreeMap<Integer, ParameterPiece>> sections = new LinkedHashMap<>();
        for (ParameterPiece piece : pieces) {
            if (piece.section() < 0) {
                assembly.add(piece.name(), assembly.whole(piece));
            } else if (sections.computeIfAbsent(piece.name(), name -> new TreeMap<>())
                            .putIfAbsent(piece.section(), piece)
                    != null) {
                assembly.intact = false;
            }
        }
        sections.forEach(assembly::joined);
        return new Parameters(assembly.values, assembly.intact);
    }

    private void add(String name, String value) {
        List<String> all = values.computeIfAbsent(name, key -> new ArrayList<>());
        if (!all.contains(value)) {
            all.add(value);
        }
    }

    private String whole(ParameterPiece piece) {
        if (!piece.extended()) {
            HeaderText text = HeaderDecoder.decode(piece.value());
            intact &= text.isIntact();
            return text.text();
        }
        int charsetEnd = piece.value().indexOf('\'');
        int languageEnd = charsetEnd < 0 ? -1 : piece.value().indexOf('\'', charsetEnd + 1);
        if (languageEnd < 0) {
            intact = false;
            return text(percent(piece.value()), "");
        }
        return text(
                percent(piece.value().substring(languageEnd + 1)), piece.value().substring(0, charsetEnd));
    }

    /** Programs stop at a gap or pass over it; where that makes a difference, both readings count. */
    private void joined(String name, TreeMap<Integer, ParameterPiece> sections) {
        List<ParameterPiece> all = new ArrayList<>(sections.values());
        int inOrder = 0;
        while (inOrder < all.size() && all.get(inOrder).section() == inOrder) {
            inOrder++;
        }
        if (inOrder < all.size()) {
            intact = false;
        }
        add(name, joined(all));
        if (inOrder > 0 && inOrder < all.size()) {
            add(name, joined(all.subList(0, inOrder)));
        }
    }

    private String joined(List<ParameterPiece> sections) {
        String charset = "";
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        boolean first = true;
        for (ParameterPiece piece : sections) {
            String value = piece.value();
            if (piece.extended() && first) {
                int charsetEnd = value.indexOf('\'');
                int languageEnd = charsetEnd < 0 ? -1 : value.indexOf('\'', charsetEnd + 1);
                if (languageEnd >= 0) {
                    charset = value.substring(0, charsetEnd);
                    value = value.substring(languageEnd + 1);
                }
            }
            octets.writeBytes(piece.extended() ? percent(value) : octets(value));
            first = false;
        }
        String plain = octets.toString(StandardCharsets.ISO_8859_1);
        return charset.isEmpty() && plain.contains("=?")
                ? HeaderDecoder.decode(plain).text()
                : text(octets.toByteArray(), charset);
    }

    private String text(byte[] octets, String charset) {
        DecodedText read = TextDecoder.decode(octets, charset);
        intact &= !read.damaged();
        return read.text();
    }

    private static byte[] octets(String value) {
        return value.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] percent(String value) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '%' && i + 2 < value.length() && Hex.isPair(value.charAt(i + 1), value.charAt(i + 2))) {
                octets.write(Hex.pair(value.charAt(i + 1), value.charAt(i + 2)));
                i += 2;
            } else {
                octets.write(c);
            }
        }
        return octets.toByteArray();
    }
}
