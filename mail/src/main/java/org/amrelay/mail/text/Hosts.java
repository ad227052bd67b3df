// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.text;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.amrelay.mail.address.InternationalDomain;
import org.amrelay.mail.address.Network;

/** The host of an address as a browser reads it (WHATWG URL §3.5): what it connects to, and what is odd in the writing. Stateless. */
final class Hosts {
    private static final int LONGEST = 1024;

    private Hosts() {}

    /** @param host in A-labels and lower case, or an IP address without brackets; as written when it is neither */
    record Host(String host, Set<Oddity> oddities) {}

    static Host read(String written) {
        Set<Oddity> oddities = EnumSet.noneOf(Oddity.class);
        String host = written.length() > LONGEST ? written.substring(0, LONGEST) : written;
        if (host.startsWith("[")) {
            return bracketed(host, oddities);
        }
        if (host.indexOf('%') >= 0) {
            oddities.add(Oddity.ENCODED_HOST);
            host = Percent.decode(host);
        }
        if (!InternationalDomain.isAscii(host)) {
            host = ascii(host, oddities);
        }
        host = host.toLowerCase(Locale.ROOT);
        if (host.startsWith("xn--") || host.contains(".xn--")) {
            oddities.add(Oddity.INTERNATIONAL_HOST);
        }
        while (host.endsWith(".")) {
            host = host.substring(0, host.length() - 1);
        }
        Optional<Long> number = number(host);
        if (number.isPresent()) {
            String dotted = dotted(number.get());
            oddities.add(dotted.equals(host) ? Oddity.IP_HOST : Oddity.DISGUISED_IP_HOST);
            return new Host(dotted, oddities);
        }
        if (!isName(host)) {
            oddities.add(Oddity.BROKEN_HOST);
        }
        return new Host(host, oddities);
    }

    private static Host bracketed(String host, Set<Oddity> oddities) {
        int close = host.indexOf(']');
        String inside = close < 0 ? host.substring(1) : host.substring(1, close);
        Optional<InetAddress> address = Network.literal(inside);
        oddities.add(address.isPresent() ? Oddity.IP_HOST : Oddity.BROKEN_HOST);
        return new Host(address.map(InetAddress::getHostAddress).orElse(inside.toLowerCase(Locale.ROOT)), oddities);
    }

    /** Wide and round forms of letters become letters before labels are looked at (UTS 46 §4). */
    private static String ascii(String host, Set<Oddity> oddities) {
        String mapped = Normalizer.normalize(Invisibles.removeFrom(host), Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replace('\u3002', '.')
                .replace('\uff0e', '.')
                .replace('\uff61', '.');
        oddities.add(Oddity.INTERNATIONAL_HOST);
        return InternationalDomain.toAscii(mapped).orElse(mapped);
    }

    /** A host whose last label is a number is an IPv4 address: up to four numbers, decimal, octal or hexadecimal. */
    private static Optional<Long> number(String host) {
        String[] parts = host.split("\\.", 6);
        if (parts.length > 4 || host.isEmpty()) {
            return Optional.empty();
        }
        long value = 0;
        for (int i = 0; i < parts.length; i++) {
            long part = part(parts[i]);
            boolean last = i == parts.length - 1;
            long most = last ? (1L << 8 * (5 - parts.length)) - 1 : 255;
            if (part < 0 || part > most) {
                return Optional.empty();
            }
            value = last ? value << 8 * (5 - parts.length) | part : value << 8 | part;
        }
        return Optional.of(value);
    }

    private static long part(String text) {
        int radix = 10;
        String digits = text;
        if (digits.startsWith("0x")) {
            radix = 16;
            digits = digits.substring(2);
        } else if (digits.length() > 1 && digits.startsWith("0")) {
            radix = 8;
            digits = digits.substring(1);
        }
        if (digits.length() > 16) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = Character.digit(digits.charAt(i), radix);
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return text.isEmpty() ? -1 : value;
    }

    private static String dotted(long value) {
        try {
            byte[] bytes = {(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value};
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("four octets are an address", impossible);
        }
    }

    private static boolean isName(String host) {
        int label = 0;
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c == '.') {
                if (label == 0 || label > 63) {
                    return false;
                }
                label = 0;
            } else if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_') {
                label++;
            } else {
                return false;
            }
        }
        return label > 0 && label <= 63 && host.length() <= 253;
    }
}
