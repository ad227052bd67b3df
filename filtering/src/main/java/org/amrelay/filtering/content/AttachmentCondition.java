// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.amrelay.filtering.attachments.Attachment;
import org.amrelay.mail.address.EmailAddress;

/** An attachment that is all of what is asked for. Immutable. */
record AttachmentCondition(
        List<Pattern> names, List<String> types, Set<String> hashes, Set<String> traits, Optional<Long> largerThan)
        implements RuleCondition {
    private static final int MOST = 20;

    @Override
    public List<ContentFinding> findings(RuledMessage subject, EmailAddress recipient) {
        return subject.once(this, () -> look(subject));
    }

    private List<ContentFinding> look(RuledMessage subject) {
        List<ContentFinding> found = new ArrayList<>();
        for (Attachment each : subject.attachments()) {
            if (found.size() < MOST && isMeant(each)) {
                found.add(new ContentFinding(each.path(), -1, evidence(each)));
            }
        }
        return found;
    }

    private boolean isMeant(Attachment each) {
        return (names.isEmpty() || names.stream().anyMatch(name -> name.matches(each.name())))
                && (types.isEmpty() || types.stream().anyMatch(type -> isOfType(each, type)))
                && (hashes.isEmpty() || hashes.contains(each.sha256()))
                && (traits.isEmpty() || each.traits().stream().anyMatch(traits::contains))
                && (largerThan.isEmpty() || each.size() > largerThan.get());
    }

    private static boolean isOfType(Attachment each, String type) {
        if (type.endsWith("/*")) {
            String start = type.substring(0, type.length() - 1);
            return each.trueType().startsWith(start) || each.declaredType().startsWith(start);
        }
        return type.equals(each.trueType()) || type.equals(each.declaredType());
    }

    private String evidence(Attachment each) {
        String name = EvidenceMask.name(each.name());
        Set<String> meant = new TreeSet<>(each.traits());
        if (!traits.isEmpty()) {
            meant.retainAll(traits);
        }
        String what = meant.isEmpty() ? each.trueType() : String.join(", ", meant);
        return name.isEmpty() ? what : name + (what.isEmpty() ? "" : " (" + what + ")");
    }

    @Override
    public int cost() {
        return Cost.ATTACHMENTS;
    }

    /** A name with * and ? as a pattern. */
    static Pattern glob(String text) {
        StringBuilder pattern = new StringBuilder();
        for (char c : text.toCharArray()) {
            pattern.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(pattern.toString(), Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    /** As hashes and traits are compared. */
    static Set<String> small(List<String> texts) {
        return Set.copyOf(
                texts.stream().map(text -> text.toLowerCase(Locale.ROOT)).toList());
    }
}
