// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.dkim;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.amrelay.authentication.syntax.DomainNames;
import org.amrelay.authentication.syntax.Parsed;
import org.amrelay.authentication.syntax.SyntaxException;
import org.amrelay.authentication.syntax.TagList;
import org.amrelay.mail.message.HeaderField;

/** Reads a DKIM-Signature header field (RFC 6376 §3.5, §6.1.1). */
public final class DkimSignatureParser {
    private DkimSignatureParser() {}

    static Parsed<DkimSignature> parse(HeaderField field) {
        return Parsed.by(() -> {
            TagList tags = TagList.parse(field.body());
            if (!tags.require("v").equals("1")) {
                throw new SyntaxException("not a signature of version 1");
            }
            String domain = domain(tags, "d");
            String identity = text(tags.get("i").filter(i -> !i.isEmpty()).orElse('@' + domain));
            int at = identity.lastIndexOf('@');
            String identityDomain = DomainNames.canonical(identity.substring(at + 1))
                    .filter(d -> at >= 0)
                    .orElseThrow(() -> new SyntaxException("tag i is no identity"));
            return new DkimSignature(
                    tags.require("a"),
                    form(tags, 0),
                    form(tags, 1),
                    domain,
                    domain(tags, "s"),
                    identity,
                    identityDomain,
                    fields(tags),
                    tags.get("l").isPresent() ? Optional.of(bodyLength(tags.require("l"))) : Optional.empty(),
                    TagList.octets(tags.require("bh")),
                    TagList.octets(tags.require("b")),
                    tags.get("q").map(TagList::parts).orElse(List.of("dns/txt")),
                    time(tags, "t"),
                    time(tags, "x"),
                    unsigned(field, tags));
        });
    }

    /** The field as it was when it was signed: with an empty {@code b=}. */
    public static String unsigned(HeaderField field, TagList tags) {
        String raw = field.raw();
        return raw.substring(0, raw.length() - field.body().length()) + tags.without("b");
    }

    /**
     * A tag that holds a name of the DNS, as {@code d=} and {@code s=} do.
     *
     * @throws SyntaxException when it is missing or holds something else
     */
    public static String domain(TagList tags, String tag) throws SyntaxException {
        return DomainNames.canonical(text(tags.require(tag)))
                .orElseThrow(() -> new SyntaxException("tag " + tag + " is no domain"));
    }

    /**
     * The names in {@code h=}.
     *
     * @throws SyntaxException when there are none
     */
    public static List<String> fields(TagList tags) throws SyntaxException {
        List<String> names = TagList.parts(tags.require("h"));
        for (String name : names) {
            if (name.isEmpty() || !name.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
                throw new SyntaxException("tag h has no field name");
            }
        }
        return names;
    }

    /**
     * One side of {@code c=}: 0 for the header, 1 for the body.
     *
     * @throws SyntaxException for a form that nobody knows
     */
    public static Canonicalization form(TagList tags, int side) throws SyntaxException {
        String[] words = tags.get("c").orElse("simple/simple").split("/", -1);
        String word = words.length > side ? words[side] : "simple";
        if (words.length <= 2) {
            for (Canonicalization form : Canonicalization.values()) {
                if (form.word().equals(word)) {
                    return form;
                }
            }
        }
        throw new SyntaxException("no such canonicalization");
    }

    private static long bodyLength(String value) throws SyntaxException {
        boolean digits =
                !value.isEmpty() && value.length() <= 76 && value.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits) {
            throw new SyntaxException("tag l is no length");
        }
        // No body has more octets than a long can count; whoever claims more claims too much either way
        return new BigInteger(value).min(BigInteger.valueOf(Long.MAX_VALUE)).longValue();
    }

    /**
     * Seconds since 1970, as {@code t=} and {@code x=} have them.
     *
     * @throws SyntaxException when it is no number of at most 12 digits
     */
    private static Optional<Instant> time(TagList tags, String tag) throws SyntaxException {
        Optional<String> value = tags.get(tag);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (value.get().length() > 12) {
            throw new SyntaxException("tag " + tag + " is no time");
        }
        return Optional.of(Instant.ofEpochSecond(TagList.number(value.get())));
    }

    /** Internationalised mail has UTF-8 in its header, of which fields hold the octets. */
    private static String text(String octets) {
        return new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
