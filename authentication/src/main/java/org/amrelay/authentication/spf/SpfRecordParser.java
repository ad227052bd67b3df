// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.spf;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.amrelay.authentication.spf.SpfRecord.Directive;
import org.amrelay.authentication.spf.SpfResult.Status;
import org.amrelay.authentication.syntax.Parsed;
import org.amrelay.authentication.syntax.SyntaxException;

/** Reads a policy as a whole; anything that the grammar does not know makes all of it invalid (RFC 7208 §4.6, §12). */
final class SpfRecordParser {
    private static final String VERSION = "v=spf1";

    private final List<Directive> directives = new ArrayList<>();
    private Optional<MacroString> redirect = Optional.empty();
    private Optional<MacroString> explanation = Optional.empty();

    private SpfRecordParser() {}

    /** Whether a TXT record is meant as a policy (RFC 7208 §4.5); {@code v=spf10} is not. */
    static boolean isPolicy(String text) {
        return text.regionMatches(true, 0, VERSION, 0, VERSION.length())
                && (text.length() == VERSION.length() || text.charAt(VERSION.length()) == ' ');
    }

    static Parsed<SpfRecord> parse(String text) {
        return Parsed.by(() -> {
            SpfRecordParser parser = new SpfRecordParser();
            for (String term : text.substring(VERSION.length()).split(" ", -1)) {
                if (!term.isEmpty()) {
                    parser.readTerm(term);
                }
            }
            return new SpfRecord(parser.directives, parser.redirect, parser.explanation);
        });
    }

    private void readTerm(String term) throws SyntaxException {
        int end = endOfName(term, 0);
        if (end > 0 && end < term.length() && term.charAt(end) == '=') {
            readModifier(term.substring(0, end), term.substring(end + 1));
            return;
        }
        Status result = switch (term.charAt(0)) {
            case '-' -> Status.FAIL;
            case '~' -> Status.SOFTFAIL;
            case '?' -> Status.NEUTRAL;
            default -> Status.PASS;
        };
        int start = "+-~?".indexOf(term.charAt(0)) >= 0 ? 1 : 0;
        end = endOfName(term, start);
        String name = term.substring(start, end).toLowerCase(Locale.ROOT);
        directives.add(new Directive(result, mechanism(name, term.substring(end), term), term));
    }

    private void readModifier(String name, String value) throws SyntaxException {
        switch (name.toLowerCase(Locale.ROOT)) {
            case "redirect" -> redirect = once(redirect, name, value);
            case "exp" -> explanation = once(explanation, name, value);
            default -> MacroStringParser.macroString(value);
        }
    }

    private static Optional<MacroString> once(Optional<MacroString> before, String name, String value)
            throws SyntaxException {
        if (before.isPresent()) {
            throw new SyntaxException(name + " twice");
        }
        return Optional.of(MacroStringParser.domainSpec(value));
    }

    private static Mechanism mechanism(String name, String rest, String term) throws SyntaxException {
        return switch (name) {
            case "all" -> nothing(rest, term);
            case "include" -> new Mechanism.Include(required(rest, term));
            case "exists" -> new Mechanism.Exists(required(rest, term));
            case "ptr" -> new Mechanism.Pointer(optional(rest, term));
            case "ip4" -> new Mechanism.Listed(network(rest, 32, term));
            case "ip6" -> new Mechanism.Listed(network(rest, 128, term));
            case "a" -> {
                Prefixes prefixes = Prefixes.of(rest);
                yield new Mechanism.Addresses(
                        optional(rest.substring(0, prefixes.start), term), prefixes.prefix4, prefixes.prefix6);
            }
            case "mx" -> {
                Prefixes prefixes = Prefixes.of(rest);
                yield new Mechanism.Exchangers(
                        optional(rest.substring(0, prefixes.start), term), prefixes.prefix4, prefixes.prefix6);
            }
            default -> throw new SyntaxException("no such mechanism: " + MacroStringParser.shown(term));
        };
    }

    private static Mechanism nothing(String rest, String term) throws SyntaxException {
        if (!rest.isEmpty()) {
            throw new SyntaxException("more than all: " + MacroStringParser.shown(term));
        }
        return new Mechanism.All();
    }

    private static MacroString required(String rest, String term) throws SyntaxException {
        return optional(rest, term)
                .orElseThrow(() -> new SyntaxException("no domain in " + MacroStringParser.shown(term)));
    }

    private static Optional<MacroString> optional(String rest, String term) throws SyntaxException {
        if (rest.isEmpty()) {
            return Optional.empty();
        }
        if (rest.charAt(0) != ':') {
            throw new SyntaxException("no colon before the domain in " + MacroStringParser.shown(term));
        }
        return Optional.of(MacroStringParser.domainSpec(rest.substring(1)));
    }

    private static IpNetwork network(String rest, int bits, String term) throws SyntaxException {
        if (rest.isEmpty() || rest.charAt(0) != ':') {
            throw new SyntaxException("no address in " + MacroStringParser.shown(term));
        }
        int slash = rest.indexOf('/');
        String address = rest.substring(1, slash < 0 ? rest.length() : slash);
        int prefix = slash < 0 ? bits : IpNetwork.number(rest.substring(slash + 1), bits);
        return new IpNetwork(bits == 32 ? IpNetwork.ip4(address) : IpNetwork.ip6(address), prefix);
    }

    private static int endOfName(String term, int start) {
        int end = start;
        while (end < term.length() && isNamePart(term.charAt(end), end == start)) {
            end++;
        }
        return end;
    }

    private static boolean isNamePart(char c, boolean first) {
        boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
        return letter || !first && (c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.');
    }

    /** dual-cidr-length at the end of a term; a domain cannot end like it, so it is read from the right. */
    private record Prefixes(int start, int prefix4, int prefix6) {
        static Prefixes of(String text) throws SyntaxException {
            int end = text.length();
            int prefix4 = 32;
            int prefix6 = 128;
            int digits = startOfDigits(text, end);
            if (text.startsWith("//", digits - 2)) {
                prefix6 = IpNetwork.number(text.substring(digits, end), 128);
                end = digits - 2;
                digits = startOfDigits(text, end);
            }
            if (text.startsWith("/", digits - 1)) {
                prefix4 = IpNetwork.number(text.substring(digits, end), 32);
                end = digits - 1;
            }
            return new Prefixes(end, prefix4, prefix6);
        }

        private static int startOfDigits(String text, int end) {
            int start = end;
            while (start > 0 && text.charAt(start - 1) >= '0' && text.charAt(start - 1) <= '9') {
                start--;
            }
            return start;
        }
    }
}
