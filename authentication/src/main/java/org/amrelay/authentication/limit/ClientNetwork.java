// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.limit;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import org.xbill.DNS.Address;

/**
 * Addresses that share their first bits; its text is {@code 192.0.2.0/24}, {@code 2001:db8::/64}, or one address.
 *
 * <p>Immutable.
 */
public final class ClientNetwork {
    private final byte[] first;
    private final int prefix;

    private ClientNetwork(byte[] address, int prefix) {
        this.first = address.clone();
        this.prefix = prefix;
        for (int bit = prefix; bit < first.length * Byte.SIZE; bit++) {
            first[bit / Byte.SIZE] &= (byte) ~(0x80 >> bit % Byte.SIZE);
        }
    }

    /** What one customer has: an IPv4 address, an IPv6 /64. */
    public static ClientNetwork of(InetAddress client) {
        byte[] address = client.getAddress();
        return new ClientNetwork(address, address.length == 4 ? 32 : 64);
    }

    /** The neighbourhood: IPv4 /24, IPv6 /48. */
    static ClientNetwork around(InetAddress client) {
        byte[] address = client.getAddress();
        return new ClientNetwork(address, address.length == 4 ? 24 : 48);
    }

    /** Reads an address or {@code address/bits}; no name is looked up. */
    public static Optional<ClientNetwork> parse(String text) {
        int slash = text.indexOf('/');
        String address = (slash < 0 ? text : text.substring(0, slash)).strip();
        byte[] octets = Address.toByteArray(address, address.indexOf(':') < 0 ? Address.IPv4 : Address.IPv6);
        if (octets == null) {
            return Optional.empty();
        }
        int bits = octets.length * Byte.SIZE;
        if (slash < 0) {
            return Optional.of(new ClientNetwork(octets, bits));
        }
        String number = text.substring(slash + 1).strip();
        boolean digits =
                !number.isEmpty() && number.length() <= 3 && number.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits && Integer.parseInt(number) <= bits
                ? Optional.of(new ClientNetwork(octets, Integer.parseInt(number)))
                : Optional.empty();
    }

    /** False for an address of the other family. */
    public boolean contains(InetAddress client) {
        byte[] address = client.getAddress();
        return address.length == first.length && new ClientNetwork(address, prefix).equals(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClientNetwork that && prefix == that.prefix && Arrays.equals(first, that.first);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(first);
    }

    @Override
    public String toString() {
        try {
            String address = InetAddress.getByAddress(first).getHostAddress();
            return prefix == first.length * Byte.SIZE ? address : address + '/' + prefix;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 and 16 octets are addresses", e);
        }
    }
}
