// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import org.amrelay.delivery.client.SmtpTimeouts;
import org.amrelay.delivery.dsn.NoticeSettings;
import org.amrelay.delivery.retry.RetrySchedule;
import org.amrelay.delivery.tls.TlsPolicy;

/**
 * All that a {@link DeliveryEngine} can be told.
 *
 * @param hostname the relay's name: EHLO, notices
 * @param mxPort the port of mail exchangers, 25 but for tests and demonstrations
 * @param threads event-loop threads, 1 or more
 * @param limits concurrency, connections and back-off
 * @param timeouts of the SMTP client
 * @param tls what connections need
 * @param retry when to try again and when to give up
 * @param notices how notices to senders look
 * @param self how the relay recognises itself
 * @param inDoubt what happens when the answer to a whole message was lost
 */
public record DeliverySettings(
        String hostname,
        int mxPort,
        int threads,
        LaneLimits limits,
        SmtpTimeouts timeouts,
        TlsPolicy tls,
        RetrySchedule retry,
        NoticeSettings notices,
        OwnIdentity self,
        DoubtPolicy inDoubt) {
    public DeliverySettings {
        if (mxPort < 1 || mxPort > 65535 || threads < 1) {
            throw new IllegalArgumentException("not a port or no threads: " + mxPort + ", " + threads);
        }
    }

    /** Port 25, two threads, opportunistic TLS and the standard limits, time-outs and schedule. */
    public static DeliverySettings defaults(String hostname) {
        return new DeliverySettings(
                hostname,
                25,
                2,
                LaneLimits.standard(),
                SmtpTimeouts.standard(),
                TlsPolicy.OPPORTUNISTIC,
                RetrySchedule.standard(),
                NoticeSettings.defaults(hostname),
                OwnIdentity.named(hostname),
                DoubtPolicy.RETRY);
    }

    public DeliverySettings withMxPort(int port) {
        return new DeliverySettings(hostname, port, threads, limits, timeouts, tls, retry, notices, self, inDoubt);
    }

    public DeliverySettings withLimits(LaneLimits other) {
        return new DeliverySettings(hostname, mxPort, threads, other, timeouts, tls, retry, notices, self, inDoubt);
    }

    public DeliverySettings withTimeouts(SmtpTimeouts other) {
        return new DeliverySettings(hostname, mxPort, threads, limits, other, tls, retry, notices, self, inDoubt);
    }

    public DeliverySettings withTls(TlsPolicy other) {
        return new DeliverySettings(hostname, mxPort, threads, limits, timeouts, other, retry, notices, self, inDoubt);
    }

    public DeliverySettings withNotices(NoticeSettings other) {
        return new DeliverySettings(hostname, mxPort, threads, limits, timeouts, tls, retry, other, self, inDoubt);
    }

    public DeliverySettings withSelf(OwnIdentity other) {
        return new DeliverySettings(hostname, mxPort, threads, limits, timeouts, tls, retry, notices, other, inDoubt);
    }

    public DeliverySettings whenInDoubt(DoubtPolicy policy) {
        return new DeliverySettings(hostname, mxPort, threads, limits, timeouts, tls, retry, notices, self, policy);
    }
}
