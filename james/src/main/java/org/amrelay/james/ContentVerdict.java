// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.amrelay.filtering.content.ContentHit;
import org.amrelay.filtering.content.RuleMode;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;

/** The content rules that hit, as an attribute of James' mail; with masked evidence only. */
public record ContentVerdict(List<ContentHit> hits) {
    private static final AttributeName NAME = AttributeName.of("org.amrelay.content");
    private static final int MOST = 50;
    private static final int FIELDS = 5;

    public ContentVerdict {
        hits = List.copyOf(hits);
    }

    /** Takes the place of what was attached before. */
    public void attach(Mail mail) {
        String text = hits.stream().limit(MOST).map(ContentVerdict::written).collect(Collectors.joining("\n"));
        mail.setAttribute(new Attribute(NAME, AttributeValue.of(text)));
    }

    private static String written(ContentHit hit) {
        return String.join(
                "\t",
                hit.rule(),
                hit.mode().word(),
                line(hit.part()),
                Integer.toString(hit.offset()),
                line(hit.evidence()));
    }

    private static String line(String text) {
        return text.replace('\t', ' ').replace('\n', ' ');
    }

    /** Empty when no rules were asked about the mail. */
    public static Optional<ContentVerdict> of(Mail mail) {
        return mail.getAttribute(NAME)
                .flatMap(attribute -> attribute.getValue().valueAs(String.class))
                .map(ContentVerdict::parse);
    }

    private static ContentVerdict parse(String text) {
        List<ContentHit> hits = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            String[] words = line.split("\t", FIELDS);
            if (words.length == FIELDS) {
                mode(words[1])
                        .ifPresent(mode -> hits.add(
                                new ContentHit(words[0], mode, words[2], Integer.parseInt(words[3]), words[4])));
            }
        }
        return new ContentVerdict(hits);
    }

    private static Optional<RuleMode> mode(String word) {
        return Arrays.stream(RuleMode.values())
                .filter(mode -> mode.word().equals(word))
                .findFirst();
    }

    /** In one line, for logs and traces. */
    @Override
    public String toString() {
        return hits.isEmpty()
                ? "no content rule"
                : hits.stream().limit(MOST).map(ContentHit::toString).collect(Collectors.joining("; "));
    }
}
