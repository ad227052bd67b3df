// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.dkim;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.amrelay.mail.message.HeaderField;
import org.amrelay.mail.message.HeaderSection;

/** Picks header fields for a signature, of each name the last one first (RFC 6376 §5.4.2); immutable. */
public final class SignedFields {
    private final Map<String, List<HeaderField>> byName = new HashMap<>();

    public SignedFields(HeaderSection header) {
        this(header.fields());
    }

    private SignedFields(List<HeaderField> fields) {
        for (HeaderField field : fields) {
            byName.computeIfAbsent(field.key(), key -> new ArrayList<>()).add(field);
        }
    }

    /** The fields as a signature sees them: never with its own field, however often {@code h=} names it (§3.5). */
    SignedFields seenBy(HeaderField signature, List<String> names) {
        if (names.stream().noneMatch(signature.key()::equalsIgnoreCase)) {
            return this;
        }
        // This very field and not one that is equal
        return new SignedFields(byName.values().stream()
                .flatMap(List::stream)
                .filter(field -> field != signature)
                .toList());
    }

    /** How many fields of a name there are, given in lower case. */
    int count(String key) {
        return byName.getOrDefault(key, List.of()).size();
    }

    /**
     * What is signed: the named fields, then the signature's own field without its value.
     *
     * <p>A name that is listed more often than it occurs stands for nothing, which keeps others from adding it later.
     *
     * @param signature the signature's own field with an empty {@code b=}
     */
    public byte[] octets(List<String> names, Canonicalization canonicalization, String signature) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        Map<String, Integer> used = new HashMap<>();
        for (String name : names) {
            String key = name.toLowerCase(Locale.ROOT);
            List<HeaderField> fields = byName.getOrDefault(key, List.of());
            int next = fields.size() - used.merge(key, 1, Integer::sum);
            if (next >= 0) {
                out.writeBytes(latin1(canonicalization.header(fields.get(next).raw())));
                out.write('\r');
                out.write('\n');
            }
        }
        out.writeBytes(latin1(canonicalization.header(signature)));
        return out.toByteArray();
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
