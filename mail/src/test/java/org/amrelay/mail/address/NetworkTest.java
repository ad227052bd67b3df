// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
    @ParameterizedTest(name = "{1} in {0}: {2}")
    @CsvSource({
        "192.0.2.0/24, 192.0.2.255, true",
        "192.0.2.7/24, 192.0.3.0, false",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.6, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, ::1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::1, ::1, true",
        "::ffff:192.0.2.0/120, 192.0.2.1, true"
    })
    void containsWhatSharesItsFirstBits(String network, String address, boolean contained) {
        Network read = read(network, address);
        assertThat(read.contains(Network.literal(address).orElseThrow())).isEqualTo(contained);
    }

    private static Network read(String network, String address) {
        // Mapped addresses are IPv4 addresses, so their prefix is at most 32
        return network.startsWith("::ffff:")
                ? Network.around(Network.literal(address).orElseThrow(), 24, 120)
                : Network.of(network);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "192.0.2", "192.0.2.0/", "192.0.2.0/33", "192.0.2.0/-1", "::/129", "host", "1.2.3.4.5"})
    void refusesWhatIsNoNetwork(String text) {
        assertThatThrownBy(() -> Network.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("is not a network");
    }

    @Test
    void keepsOfAnAddressWhatItIsTold() throws Exception {
        assertThat(Network.around(InetAddress.getByName("192.0.2.77"), 24, 64)).hasToString("192.0.2.0/24");
        assertThat(Network.around(InetAddress.getByName("2001:db8:1:2:3:4:5:6"), 24, 64))
                .hasToString("2001:db8:1:2:0:0:0:0/64");
    }
}
