// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.message.DecodedField;

/** A header field, decoded. Immutable. */
record HeaderCondition(String name, List<String> contains, Optional<Pattern> matches) implements RuleCondition {
    @Override
    public List<ContentFinding> findings(RuledMessage subject, EmailAddress recipient) {
        return subject.view().header().named(name).stream()
                .filter(this::isMeant)
                .findFirst()
                .map(field -> List.of(new ContentFinding("header", -1, name + ": " + EvidenceMask.shape(field.text()))))
                .orElse(NO);
    }

    private boolean isMeant(DecodedField field) {
        String text = field.text();
        String small = text.toLowerCase(Locale.ROOT);
        return (contains.isEmpty() || contains.stream().anyMatch(small::contains))
                && (matches.isEmpty() || matches.get().matcher(text).find());
    }

    @Override
    public int cost() {
        return Cost.HEADER;
    }
}
