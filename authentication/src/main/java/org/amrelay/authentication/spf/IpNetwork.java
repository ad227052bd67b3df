// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.spf;

import java.net.InetAddress;
import org.amrelay.authentication.syntax.SyntaxException;

/** Addresses that share their first bits (RFC 7208 §5.6). */
final class IpNetwork {
    private static final int GROUPS = 8;

    private final byte[] address;
    private final int prefix;

    /** The prefix is 0 to the number of bits of the address. */
    IpNetwork(byte[] address, int prefix) {
        this.address = address.clone();
        this.prefix = prefix;
    }

    /** False for an address of the other family. */
    boolean contains(InetAddress other) {
        return contains(other.getAddress());
    }

    private boolean contains(byte[] other) {
        if (other.length != address.length) {
            return false;
        }
        int whole = prefix / 8;
        for (int i = 0; i < whole; i++) {
            if (address[i] != other[i]) {
                return false;
            }
        }
        int rest = prefix % 8;
        return rest == 0 || (address[whole] & 0xff) >> 8 - rest == (other[whole] & 0xff) >> 8 - rest;
    }

    /** Four numbers without leading zeros (RFC 7208 §12, qnum). */
    static byte[] ip4(String text) throws SyntaxException {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            throw new SyntaxException("not an IPv4 address");
        }
        byte[] bytes = new byte[4];
        for (int i = 0; i < 4; i++) {
            bytes[i] = (byte) number(parts[i], 255);
        }
        return bytes;
    }

    /** The text forms of RFC 4291 §2.2. */
    static byte[] ip6(String text) throws SyntaxException {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return bytes(groups(text), new int[0], false);
        }
        String before = text.substring(0, gap);
        String after = text.substring(gap + 2);
        return bytes(
                before.isEmpty() ? new int[0] : groups(before), after.isEmpty() ? new int[0] : groups(after), true);
    }

    private static byte[] bytes(int[] before, int[] after, boolean gap) throws SyntaxException {
        int known = before.length + after.length;
        if (gap ? known >= GROUPS : known != GROUPS) {
            throw new SyntaxException("not an IPv6 address");
        }
        byte[] bytes = new byte[2 * GROUPS];
        for (int i = 0; i < known; i++) {
            int group = i < before.length ? before[i] : after[i - before.length];
            int at = i < before.length ? i : GROUPS - known + i;
            bytes[2 * at] = (byte) (group >> 8);
            bytes[2 * at + 1] = (byte) group;
        }
        return bytes;
    }

    private static int[] groups(String text) throws SyntaxException {
        String[] parts = text.split(":", GROUPS + 1);
        String last = parts[parts.length - 1];
        boolean dotted = last.indexOf('.') >= 0;
        int[] groups = new int[dotted ? parts.length + 1 : parts.length];
        for (int i = 0; i < parts.length - (dotted ? 1 : 0); i++) {
            groups[i] = hex(parts[i]);
        }
        if (dotted) {
            byte[] tail = ip4(last);
            groups[groups.length - 2] = (tail[0] & 0xff) << 8 | tail[1] & 0xff;
            groups[groups.length - 1] = (tail[2] & 0xff) << 8 | tail[3] & 0xff;
        }
        return groups;
    }

    private static int hex(String text) throws SyntaxException {
        if (text.isEmpty() || text.length() > 4) {
            throw new SyntaxException("not an IPv6 address");
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw new SyntaxException("not an IPv6 address");
            }
            value = value << 4 | digit;
        }
        return value;
    }

    /** A decimal number without leading zeros, as all numbers of RFC 7208 §12 are. */
    static int number(String text, int most) throws SyntaxException {
        boolean wellFormed = !text.isEmpty()
                && text.length() <= 3
                && text.chars().allMatch(c -> c >= '0' && c <= '9')
                && (text.length() == 1 || text.charAt(0) != '0');
        int value = wellFormed ? Integer.parseInt(text) : Integer.MAX_VALUE;
        if (value > most) {
            throw new SyntaxException("not a number from 0 to " + most);
        }
        return value;
    }
}
