// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.amrelay.mail.MovableClock;
import org.junit.jupiter.api.Test;

class AuthenticationThrottleTest {
    private final MovableClock clock = new MovableClock("2026-11-23T12:00:00Z");
    private final AuthenticationThrottle throttle = new AuthenticationThrottle(clock);

    private static InetAddress ip(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }

    private void fail(String client, int times) throws UnknownHostException {
        for (int i = 0; i < times; i++) {
            throttle.failed(ip(client));
        }
    }

    @Test
    void doublesTheDelayUpToAnEnd() throws Exception {
        assertThat(throttle.failed(ip("192.0.2.1"))).isEqualTo(Duration.ofSeconds(1));
        assertThat(throttle.failed(ip("192.0.2.1"))).isEqualTo(Duration.ofSeconds(2));
        assertThat(throttle.failed(ip("192.0.2.1"))).isEqualTo(Duration.ofSeconds(4));
        assertThat(throttle.failed(ip("192.0.2.1"))).isEqualTo(Duration.ofSeconds(8));
        assertThat(throttle.failed(ip("192.0.2.1"))).isEqualTo(Duration.ofSeconds(8));
        assertThat(throttle.failed(ip("192.0.2.2"))).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void blocksOneClientForTheRestOfTheWindow() throws Exception {
        fail("192.0.2.1", 19);
        assertThat(throttle.isBlocked(ip("192.0.2.1"))).isFalse();
        fail("192.0.2.1", 1);
        assertThat(throttle.isBlocked(ip("192.0.2.1"))).isTrue();
        assertThat(throttle.isBlocked(ip("192.0.2.2"))).isFalse();
        clock.advance(Duration.ofMinutes(11));
        assertThat(throttle.isBlocked(ip("192.0.2.1"))).isFalse();
        assertThat(throttle.failed(ip("192.0.2.1"))).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void countsAnIpv6NetworkAsOneClient() throws Exception {
        fail("2001:db8:0:1::1", 10);
        fail("2001:db8:0:1:ffff::2", 10);
        assertThat(throttle.isBlocked(ip("2001:db8:0:1::3"))).isTrue();
        assertThat(throttle.isBlocked(ip("2001:db8:0:2::3"))).isFalse();
    }
}
