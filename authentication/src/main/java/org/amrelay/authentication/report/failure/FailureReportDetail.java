// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.report.failure;

/** How much of a message a failure report shows; never its body. */
public enum FailureReportDetail {
    /** Fields that tell how it came, with all local parts and names of people replaced (RFC 6590). */
    REDACTED,
    /** The header as it came. */
    FULL
}
