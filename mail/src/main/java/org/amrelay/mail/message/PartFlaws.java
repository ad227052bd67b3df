// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.message;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.amrelay.mail.mime.HeaderText;
import org.amrelay.mail.mime.MimeFlaw;
import org.amrelay.mail.text.DecodedText;

/** Collects what is broken in a part, from its header, its bytes and its text. Stateless. */
final class PartFlaws {
    private PartFlaws() {}

    static Set<MimeFlaw> of(MessagePart part, PartDraft draft, Optional<PartFacts> facts, PartText text) {
        Set<MimeFlaw> flaws = EnumSet.noneOf(MimeFlaw.class);
        flaws.addAll(draft.flaws);
        for (DecodedField field : part.header().fields()) {
            ofField(field, flaws);
        }
        if (!part.disposition().parameters().isIntact()) {
            flaws.add(MimeFlaw.BAD_PARAMETER);
        }
        if (part.names().size() > 1) {
            flaws.add(MimeFlaw.CONFLICTING_NAMES);
        }
        if (part.depth() == 0
                && part.header().has("date")
                && part.header().date().isEmpty()) {
            flaws.add(MimeFlaw.BAD_DATE);
        }
        facts.ifPresent(found -> ofBytes(found, draft, flaws));
        if (part.isText()) {
            ofText(part, text, flaws);
        }
        return Set.copyOf(flaws);
    }

    private static void ofField(DecodedField field, Set<MimeFlaw> flaws) {
        HeaderText text = field.decoded();
        if (!text.isIntact()) {
            flaws.add(MimeFlaw.BAD_ENCODED_WORD);
        }
        if (!text.isDeclared()) {
            flaws.add(MimeFlaw.EIGHT_BIT_HEADER);
        }
    }

    private static void ofBytes(PartFacts facts, PartDraft draft, Set<MimeFlaw> flaws) {
        if (facts.isDamaged()) {
            flaws.add(draft.encoding.flaw());
        }
        if (!facts.isWhole()) {
            flaws.add(MimeFlaw.TRUNCATED_PART);
        }
    }

    private static void ofText(MessagePart part, PartText text, Set<MimeFlaw> flaws) {
        DecodedText decoded = text.decoded();
        if (decoded.repaired()) {
            flaws.add(MimeFlaw.UNKNOWN_CHARSET);
        }
        if (decoded.damaged()) {
            flaws.add(MimeFlaw.BAD_CHARSET);
        }
        if (decoded.text().indexOf('\0') >= 0) {
            flaws.add(MimeFlaw.NUL_BYTE);
        }
        if (text.isCut() || part.isHtml() && !text.html().isWhole()) {
            flaws.add(MimeFlaw.TRUNCATED_TEXT);
        }
    }
}
