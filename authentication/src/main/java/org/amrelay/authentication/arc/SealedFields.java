// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.arc;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.amrelay.authentication.dkim.Canonicalization;
import org.amrelay.authentication.dkim.DkimSignatureParser;
import org.amrelay.authentication.dkim.KeyCheck;
import org.amrelay.authentication.dkim.SignatureAlgorithm;
import org.amrelay.authentication.syntax.Parsed;
import org.amrelay.authentication.syntax.SyntaxException;
import org.amrelay.authentication.syntax.TagList;
import org.amrelay.mail.message.HeaderField;

/** What a seal covers: all sets up to its own, relaxed, in the order in which they were added (RFC 8617 §5.1.1). */
final class SealedFields {
    private SealedFields() {}

    /** What the seal of the last set claims. */
    static Parsed<KeyCheck.Claim> claim(List<ArcSet> sets) {
        return Parsed.by(() -> {
            ArcSet last = sets.get(sets.size() - 1);
            TagList tags = last.sealTags();
            StringBuilder text = new StringBuilder();
            for (ArcSet set : sets.subList(0, sets.size() - 1)) {
                append(text, set.fields());
            }
            append(text, List.of(last.results(), last.messageSignature()));
            return new KeyCheck.Claim(
                    algorithm(tags),
                    DkimSignatureParser.domain(tags, "d"),
                    DkimSignatureParser.domain(tags, "s"),
                    true,
                    octets(text, DkimSignatureParser.unsigned(last.seal(), tags)),
                    TagList.octets(tags.require("b")));
        });
    }

    /** What a new seal has to cover. */
    static byte[] octets(List<HeaderField> before, String unsigned) {
        StringBuilder text = new StringBuilder();
        append(text, before);
        return octets(text, unsigned);
    }

    private static byte[] octets(StringBuilder before, String unsigned) {
        return (before + Canonicalization.RELAXED.header(unsigned)).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void append(StringBuilder text, List<HeaderField> fields) {
        fields.forEach(
                f -> text.append(Canonicalization.RELAXED.header(f.raw())).append("\r\n"));
    }

    static SignatureAlgorithm algorithm(TagList tags) throws SyntaxException {
        return SignatureAlgorithm.ofWord(tags.require("a"))
                .orElseThrow(() -> new SyntaxException("algorithm is not acceptable"));
    }
}
