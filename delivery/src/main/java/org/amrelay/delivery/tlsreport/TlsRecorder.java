// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tlsreport;

import org.amrelay.delivery.tls.TlsFailure;
import org.amrelay.delivery.tls.TlsObserver;

/** Takes note of sessions for reports. Quick; safe for several threads. */
public interface TlsRecorder {
    /** Notes sessions with a mail exchanger under a policy. */
    TlsObserver observer(ReportedPolicy policy, String host);

    /** Notes that there was no session, because of the policy. */
    void failed(ReportedPolicy policy, String host, TlsFailure failure);

    /** Takes no note. */
    static TlsRecorder none() {
        return new TlsRecorder() {
            @Override
            public TlsObserver observer(ReportedPolicy policy, String host) {
                return TlsObserver.none();
            }

            @Override
            public void failed(ReportedPolicy policy, String host, TlsFailure failure) {
                // Nobody reads it
            }
        };
    }
}
