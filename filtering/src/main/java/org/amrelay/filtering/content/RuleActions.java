// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amrelay.mail.address.EmailAddress;

/** What one rule does. Immutable. */
record RuleActions(
        Optional<Ending> ending,
        List<EmailAddress> redirect,
        List<EmailAddress> copy,
        List<HeaderChange> header,
        Optional<String> replacement,
        List<EmailAddress> tell,
        double score,
        boolean requireTls,
        boolean stop) {
    private static final int LONGEST_VALUE = 900;
    private static final int LONGEST_TEXT = 200;

    static final RuleActions NONE = new RuleActions(
            Optional.empty(), List.of(), List.of(), List.of(), Optional.empty(), List.of(), 0, false, false);

    /** Adds to the mistakes what is wrong. */
    static RuleActions of(String rule, ActionSettings given, List<String> mistakes) {
        List<Ending> endings = new ArrayList<>();
        given.reject().ifPresent(text -> endings.add(new Ending.Reject(rule, text)));
        if (given.quarantine()) {
            endings.add(new Ending.Quarantine(rule));
        }
        if (given.hold()) {
            endings.add(new Ending.Hold(rule));
        }
        if (endings.size() > 1) {
            mistakes.add(given.line().says("of reject, quarantine and hold a rule has one"));
        }
        if (given.reject().filter(text -> !isLine(text, LONGEST_TEXT)).isPresent()) {
            mistakes.add(given.line().says("'reject' is one line of ASCII of at most " + LONGEST_TEXT + " characters"));
        }
        Optional<String> replacement = given.replaceAttachments();
        return new RuleActions(
                endings.stream().findFirst(),
                given.redirect(),
                given.copy(),
                header(given, mistakes),
                given.stripAttachments() ? replacement.or(() -> Optional.of("")) : replacement,
                given.tell(),
                given.score(),
                given.requireTls(),
                given.stop() || !endings.isEmpty());
    }

    private static List<HeaderChange> header(ActionSettings given, List<String> mistakes) {
        List<HeaderChange> changes = new ArrayList<>();
        given.removeHeader().forEach(name -> changes.add(new HeaderChange.Remove(name)));
        given.setHeader().forEach((name, value) -> changes.add(new HeaderChange.Put(name, value)));
        given.addHeader().forEach((name, value) -> changes.add(new HeaderChange.Add(name, value)));
        given.subjectTag().ifPresent(text -> changes.add(new HeaderChange.Tag(text)));
        List<String> names = new ArrayList<>(given.removeHeader());
        names.addAll(given.setHeader().keySet());
        names.addAll(given.addHeader().keySet());
        for (String name : names) {
            if (name.isEmpty() || !name.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ':')) {
                mistakes.add(given.line().says("'" + name + "' is no name of a header field"));
            }
        }
        List<Map<String, String>> values = List.of(given.setHeader(), given.addHeader());
        values.forEach(map -> map.forEach((name, value) -> {
            if (!isLine(value, LONGEST_VALUE)) {
                mistakes.add(given.line()
                        .says("'" + name + "': the value is one line of ASCII of at most " + LONGEST_VALUE
                                + " characters"));
            }
        }));
        if (given.subjectTag().filter(tag -> !isLine(tag, LONGEST_TEXT)).isPresent()) {
            mistakes.add(
                    given.line().says("'subject-tag' is one line of ASCII of at most " + LONGEST_TEXT + " characters"));
        }
        return List.copyOf(changes);
    }

    private static boolean isLine(String text, int most) {
        return text.length() <= most && text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    }
}
