// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.arc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.amrelay.authentication.syntax.SyntaxException;
import org.amrelay.authentication.syntax.TagList;
import org.amrelay.mail.message.HeaderField;
import org.amrelay.mail.message.HeaderSection;

/**
 * The sets of a message, sorted (RFC 8617 §4.2, §5.2).
 *
 * @param sets from the first to the last; empty when there are none or something is wrong with them
 * @param highest the largest instance that any field claims, as far as it can be read
 * @param flaw what is wrong with the structure
 */
record ArcChain(List<ArcSet> sets, int highest, Optional<String> flaw) {
    static final int MOST_SETS = 50;

    /** The names of the three fields, in the order of a set. */
    private static final List<String> NAMES =
            List.of("arc-authentication-results", "arc-message-signature", "arc-seal");

    /** A field that has been looked into; results have no tags, the others no payload. */
    private record Member(HeaderField field, Optional<TagList> tags, String payload, int instance) {}

    static ArcChain of(HeaderSection header) {
        TreeMap<Integer, List<Optional<Member>>> byInstance = new TreeMap<>();
        Optional<String> flaw = header.isWhole() ? Optional.empty() : Optional.of("header too large");
        for (HeaderField field : header.fields()) {
            int kind = NAMES.indexOf(field.key());
            if (kind < 0) {
                continue;
            }
            try {
                Member member = kind == 0 ? results(field) : tagged(field);
                List<Optional<Member>> set = byInstance.computeIfAbsent(
                        member.instance(),
                        i -> new ArrayList<>(List.of(Optional.empty(), Optional.empty(), Optional.empty())));
                if (set.set(kind, Optional.of(member)).isPresent()) {
                    flaw = Optional.of("two fields of one kind in set " + member.instance());
                }
            } catch (SyntaxException e) {
                flaw = Optional.of(field.name() + ": " + e.why());
            }
        }
        int highest = byInstance.isEmpty() ? 0 : byInstance.lastKey();
        if (flaw.isPresent()) {
            return new ArcChain(List.of(), highest, flaw);
        }
        List<ArcSet> sets = new ArrayList<>();
        for (int i = 1; i <= highest; i++) {
            Optional<ArcSet> set = set(byInstance.getOrDefault(i, List.of()));
            if (set.isEmpty()) {
                return new ArcChain(List.of(), highest, Optional.of("set " + i + " is not whole"));
            }
            sets.add(set.get());
        }
        return new ArcChain(sets, highest, chainFlaw(sets));
    }

    private static Optional<ArcSet> set(List<Optional<Member>> members) {
        List<Member> all = members.stream().flatMap(Optional::stream).toList();
        if (all.size() != NAMES.size()) {
            return Optional.empty();
        }
        return all.get(1)
                .tags()
                .flatMap(message -> all.get(2)
                        .tags()
                        .map(seal -> new ArcSet(
                                all.get(0).instance(),
                                all.get(0).field(),
                                all.get(0).payload(),
                                all.get(1).field(),
                                message,
                                all.get(2).field(),
                                seal)));
    }

    /** RFC 8617 §5.2, step 3.C. */
    private static Optional<String> chainFlaw(List<ArcSet> sets) {
        for (ArcSet set : sets) {
            boolean last = set.instance() == sets.size();
            String expected = set.instance() == 1 ? "none" : "pass";
            if (!set.chainStatus().equals(expected)
                    && !(last && set.chainStatus().equals("fail"))) {
                return Optional.of("seal " + set.instance() + " has no cv=" + expected);
            }
            if (set.sealTags().get("h").isPresent()) {
                return Optional.of("seal " + set.instance() + " has a tag h");
            }
        }
        return Optional.empty();
    }

    /** RFC 8617 §4.1.1. */
    private static Member results(HeaderField field) throws SyntaxException {
        String body = field.body();
        int end = body.indexOf(';');
        String start = end < 0 ? body : body.substring(0, end);
        int equals = start.indexOf('=');
        if (end < 0 || equals < 0 || !start.substring(0, equals).strip().equals("i")) {
            throw new SyntaxException("no instance");
        }
        return new Member(
                field,
                Optional.empty(),
                body.substring(end + 1),
                instance(start.substring(equals + 1).strip()));
    }

    private static Member tagged(HeaderField field) throws SyntaxException {
        TagList tags = TagList.parse(field.body());
        return new Member(field, Optional.of(tags), "", instance(tags.require("i")));
    }

    private static int instance(String text) throws SyntaxException {
        long instance = TagList.number(text);
        if (instance < 1 || instance > MOST_SETS) {
            throw new SyntaxException("no instance from 1 to " + MOST_SETS);
        }
        return (int) instance;
    }

    /** The last set, when there is one. */
    Optional<ArcSet> last() {
        return sets.isEmpty() ? Optional.empty() : Optional.of(sets.get(sets.size() - 1));
    }
}
