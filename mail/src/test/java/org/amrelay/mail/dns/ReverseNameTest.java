// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class ReverseNameTest {
    @Test
    void turnsOctetsAround() throws Exception {
        assertThat(ReverseName.of(InetAddress.getByName("192.0.2.200"))).isEqualTo("200.2.0.192.in-addr.arpa");
    }

    @Test
    void turnsNibblesAround() throws Exception {
        assertThat(ReverseName.of(InetAddress.getByName("4321:0:1:2:3:4:567:89ab")))
                .isEqualTo("b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.0.0.0.0.1.2.3.4.ip6.arpa");
    }
}
