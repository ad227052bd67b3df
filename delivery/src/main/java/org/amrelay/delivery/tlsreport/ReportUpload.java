// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tlsreport;

import java.util.concurrent.CompletionStage;

/** Brings a compressed report to a web address (RFC 8460 §5.4). */
@FunctionalInterface
public interface ReportUpload {
    /** What came of it. */
    sealed interface Uploaded {
        /** The host has it. */
        record Accepted() implements Uploaded {}

        /** It does not; a later try may help. */
        record Waiting(String cause) implements Uploaded {}

        /** It never will: the address cannot be used. */
        record Impossible(String cause) implements Uploaded {}
    }

    /**
     * @param address out of the domain's record
     * @return completes normally, within a time-out
     */
    CompletionStage<Uploaded> post(String address, byte[] gzip);
}
