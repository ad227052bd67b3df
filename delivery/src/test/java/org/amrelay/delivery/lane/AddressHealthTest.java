// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AddressHealthTest {
    private static final InetSocketAddress HOST = new InetSocketAddress("127.0.0.1", 25);

    private final VirtualClock clock = new VirtualClock();
    private final AddressHealth health = new AddressHealth(clock);

    @Test
    void putsAFailedAddressAsideAndLetsOneProbeItWhenItsTimeIsOver() {
        assertThat(health.isAside(HOST)).isFalse();
        health.failed(HOST);
        assertThat(health.isAside(HOST)).isTrue();
        clock.advance(Duration.ofSeconds(121));
        assertThat(health.isAside(HOST)).as("the probe").isFalse();
        assertThat(health.isAside(HOST)).as("the others, meanwhile").isTrue();
        health.worked(HOST);
        assertThat(health.isAside(HOST)).isFalse();
        assertThat(health.isAside(HOST)).isFalse();
    }

    @Test
    void waitsTwiceAsLongAfterEachProbeThatFailsUpToALimit() {
        health.failed(HOST);
        for (int minutes : new int[] {2, 4, 8, 16, 16}) {
            clock.advance(Duration.ofMinutes(minutes).minusSeconds(1));
            assertThat(health.isAside(HOST)).as("before %d minutes", minutes).isTrue();
            clock.advance(Duration.ofSeconds(2));
            assertThat(health.isAside(HOST)).as("after %d minutes", minutes).isFalse();
            health.failed(HOST);
        }
    }

    @Test
    void failuresOfAttemptsThatWereUnderWayCountOnce() {
        for (int i = 0; i < 20; i++) {
            health.failed(HOST);
        }
        clock.advance(Duration.ofSeconds(121));
        assertThat(health.isAside(HOST)).isFalse();
    }

    @Test
    void sendsAnotherProbeWhenTheFirstWasNotMade() {
        health.failed(HOST);
        clock.advance(Duration.ofSeconds(121));
        assertThat(health.isAside(HOST)).isFalse();
        clock.advance(Duration.ofSeconds(61));
        assertThat(health.isAside(HOST)).isFalse();
        assertThat(health.isAside(HOST)).isTrue();
    }
}
