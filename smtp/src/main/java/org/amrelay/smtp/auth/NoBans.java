// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.auth;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import javax.inject.Inject;

/** A book that nobody gets into: {@link AuthenticationThrottle} alone slows clients down. Stateless. */
public final class NoBans implements BanBook {
    @Inject
    public NoBans() {}

    @Override
    public Optional<Instant> bannedUntil(InetAddress client) {
        return Optional.empty();
    }

    @Override
    public void failedTooOften(InetAddress client) {
        // The throttle blocks the client for the rest of its window
    }
}
