// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import org.xbill.DNS.Address;

/**
 * IP addresses that share their first bits (RFC 4632, RFC 4291 §2.3).
 *
 * <p>Immutable.
 *
 * @param first its first address: all bits behind the prefix are zero
 * @param prefix how many bits are shared
 */
public record Network(InetAddress first, int prefix) {
    /** Clears the bits behind the prefix. */
    public Network {
        byte[] bytes = first.getAddress();
        if (prefix < 0 || prefix > 8 * bytes.length) {
            throw new IllegalArgumentException("is not a network, the prefix is 0 to " + 8 * bytes.length);
        }
        first = masked(bytes, prefix);
    }

    /** The network of so many bits in which an address is: one number for each family. */
    public static Network around(InetAddress address, int prefix4, int prefix6) {
        return new Network(address, address.getAddress().length == 4 ? prefix4 : prefix6);
    }

    /**
     * Reads an address, or an address with a prefix; looks no name up.
     *
     * @throws IllegalArgumentException with a sentence when it is neither
     */
    public static Network of(String text) {
        int slash = text.indexOf('/');
        String address = (slash < 0 ? text : text.substring(0, slash)).strip();
        String bits = slash < 0 ? "" : text.substring(slash + 1).strip();
        boolean number = bits.length() <= 3 && bits.chars().allMatch(c -> c >= '0' && c <= '9');
        Optional<InetAddress> parsed = literal(address);
        if (parsed.isEmpty() || !number || slash >= 0 && bits.isEmpty()) {
            throw new IllegalArgumentException("is not a network such as 192.0.2.0/24 or 2001:db8::/32");
        }
        int all = 8 * parsed.get().getAddress().length;
        return new Network(parsed.get(), bits.isEmpty() ? all : Integer.parseInt(bits));
    }

    /** The address that a text is, without brackets and zone; an IPv4 address mapped to IPv6 is an IPv4 address. */
    public static Optional<InetAddress> literal(String text) {
        byte[] four = Address.toByteArray(text, Address.IPv4);
        byte[] bytes = four == null ? Address.toByteArray(text, Address.IPv6) : four;
        try {
            return bytes == null ? Optional.empty() : Optional.of(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException impossible) {
            return Optional.empty();
        }
    }

    /** False for an address of the other family. */
    public boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == first.getAddress().length
                && masked(bytes, prefix).equals(first);
    }

    private static InetAddress masked(byte[] bytes, int prefix) {
        byte[] kept = Arrays.copyOf(bytes, bytes.length);
        for (int i = 0; i < kept.length; i++) {
            int bits = Math.max(0, Math.min(8, prefix - 8 * i));
            kept[i] &= (byte) (0xff << 8 - bits);
        }
        try {
            return InetAddress.getByAddress(kept);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("4 or 16 octets came from an address", impossible);
        }
    }

    @Override
    public String toString() {
        return first.getHostAddress() + "/" + prefix;
    }
}
