// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.spf;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.amrelay.authentication.spf.MacroString.Part;

/**
 * Fills in macros (RFC 7208 §7.2-§7.4).
 *
 * @param domain the current domain, which include and redirect change
 * @param clientName the validated name of the client; "unknown" when there is none or nobody asked
 * @param receiver the name of this host
 */
record MacroExpander(SpfQuery query, String domain, String clientName, String receiver, Instant now) {
    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_LABEL = 63;
    /** SMTP replies end somewhere; longer explanations are not worth reading. */
    private static final int LONGEST_EXPLANATION = 1000;

    private static final String UNRESERVED = "-._~";

    /**
     * The name to look up, without final dot; too long names lose labels on the left (RFC 7208 §7.3).
     *
     * @return empty when no zone can hold such a name (RFC 7208 §4.8), as with an empty label or a foreign character
     */
    Optional<String> name(MacroString text) {
        // From the right, and no further than a name can reach: a record of macros alone is cheap as well
        StringBuilder name = new StringBuilder();
        for (int i = text.parts().size() - 1; i >= 0 && name.length() <= LONGEST_NAME; i--) {
            name.insert(0, expand(text.parts().get(i)));
        }
        return validName(shortened(name.toString()));
    }

    private static String shortened(String name) {
        String text = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        if (text.length() <= LONGEST_NAME) {
            return text;
        }
        int dot = text.indexOf('.', text.length() - LONGEST_NAME - 1);
        return dot < 0 ? "" : text.substring(dot + 1);
    }

    /** The same name when it can be looked up. */
    static Optional<String> validName(String name) {
        if (name.length() > LONGEST_NAME) {
            return Optional.empty();
        }
        for (String label : name.split("\\.", -1)) {
            if (label.isEmpty()
                    || label.length() > LONGEST_LABEL
                    || label.chars().anyMatch(c -> c < ' ' || c > '~')) {
                return Optional.empty();
            }
        }
        return Optional.of(name);
    }

    /** What the sender reads; empty when it would not be US-ASCII on one line of a sensible length. */
    Optional<String> explanation(MacroString text) {
        StringBuilder result = new StringBuilder();
        for (Part part : text.parts()) {
            result.append(expand(part));
            if (result.length() > LONGEST_EXPLANATION) {
                return Optional.empty();
            }
        }
        boolean printable = result.chars().allMatch(c -> c >= ' ' && c <= '~');
        return printable ? Optional.of(result.toString()) : Optional.empty();
    }

    private String expand(Part part) {
        if (part instanceof Part.Literal literal) {
            return literal.text();
        }
        Part.Macro macro = (Part.Macro) part;
        String value = transformed(macro, value(macro.letter()));
        return macro.escaped() ? percentEncoded(value) : value;
    }

    private String value(char letter) {
        return switch (letter) {
            case 's' -> query.sender();
            case 'l' -> query.localPart();
            case 'o' -> query.domain();
            case 'd' -> domain;
            case 'i' -> dotted(query.client());
            case 'p' -> clientName;
            case 'h' -> query.helo();
            case 'v' -> query.client() instanceof Inet4Address ? "in-addr" : "ip6";
            case 'c' -> readable(query.client());
            case 'r' -> receiver;
            case 't' -> Long.toString(now.getEpochSecond());
            default -> throw new IllegalArgumentException("no macro " + letter);
        };
    }

    private static String transformed(Part.Macro macro, String value) {
        if (macro.keep() == 0 && !macro.reversed() && macro.delimiters().isEmpty()) {
            return value;
        }
        String delimiters = macro.delimiters().isEmpty() ? "." : macro.delimiters();
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= value.length(); i++) {
            if (i == value.length() || delimiters.indexOf(value.charAt(i)) >= 0) {
                parts.add(value.substring(start, i));
                start = i + 1;
            }
        }
        if (macro.reversed()) {
            Collections.reverse(parts);
        }
        int from = macro.keep() == 0 ? 0 : Math.max(0, parts.size() - macro.keep());
        return String.join(".", parts.subList(from, parts.size()));
    }

    private static String percentEncoded(String value) {
        StringBuilder result = new StringBuilder();
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (plain || UNRESERVED.indexOf(c) >= 0) {
                result.append(c);
            } else {
                result.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            }
        }
        return result.toString();
    }

    /** An IPv6 address as nibbles with dots (RFC 7208 §7.3). */
    private static String dotted(InetAddress address) {
        if (address instanceof Inet4Address) {
            return address.getHostAddress();
        }
        StringBuilder text = new StringBuilder(64);
        for (byte b : address.getAddress()) {
            text.append(Character.forDigit(b >> 4 & 0xf, 16)).append('.');
            text.append(Character.forDigit(b & 0xf, 16)).append('.');
        }
        text.setLength(text.length() - 1);
        return text.toString();
    }

    /** An IPv6 address with its longest run of zeros left out (RFC 5952 §4). */
    static String readable(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return address.getHostAddress();
        }
        int[] groups = new int[8];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = (bytes[2 * i] & 0xff) << 8 | bytes[2 * i + 1] & 0xff;
        }
        int gapStart = 0;
        int gapLength = 1;
        for (int i = 0; i < groups.length; i++) {
            int length = 0;
            while (i + length < groups.length && groups[i + length] == 0) {
                length++;
            }
            if (length > gapLength) {
                gapStart = i;
                gapLength = length;
            }
        }
        if (gapLength == 1) {
            return joined(groups, 0, 8);
        }
        return joined(groups, 0, gapStart) + "::" + joined(groups, gapStart + gapLength, 8);
    }

    private static String joined(int[] groups, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}
