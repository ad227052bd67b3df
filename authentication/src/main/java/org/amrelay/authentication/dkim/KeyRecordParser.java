// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.dkim;

import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import org.amrelay.authentication.syntax.Parsed;
import org.amrelay.authentication.syntax.SyntaxException;
import org.amrelay.authentication.syntax.TagList;

/** Reads a published key (RFC 6376 §3.6.1). */
final class KeyRecordParser {
    private KeyRecordParser() {}

    static Parsed<KeyRecord> parse(String text) {
        return Parsed.by(() -> read(TagList.parse(text)));
    }

    private static KeyRecord read(TagList tags) throws SyntaxException {
        Optional<String> version = tags.get("v");
        if (version.isPresent() && !(version.get().equals("DKIM1") && tags.startsWith("v"))) {
            throw new SyntaxException("not a record of version DKIM1");
        }
        String data = tags.get("p").orElseThrow(() -> new SyntaxException("no tag p"));
        String type = tags.get("k").orElse("rsa");
        List<String> flags = tags.get("t").map(TagList::parts).orElse(List.of());
        return new KeyRecord(
                type,
                tags.get("h").map(TagList::parts).orElse(List.of()),
                tags.get("s").map(TagList::parts).orElse(List.of("*")),
                flags.contains("y"),
                flags.contains("s"),
                data.isEmpty(),
                data.isEmpty() ? Optional.empty() : key(type, TagList.octets(data)));
    }

    private static Optional<PublicKey> key(String type, byte[] octets) throws SyntaxException {
        return switch (type) {
            case "rsa" -> Optional.of(PublicKeyReader.rsa(octets));
            case "ed25519" -> Optional.of(PublicKeyReader.ed25519(octets));
            default -> Optional.empty();
        };
    }
}
