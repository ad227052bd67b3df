// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.report.failure;

/** How much of a message a failure report shows; never its body. */
<<<<<<<< HEAD:authentication/src/main/java/org/amrelay/authentication/report/failure/ShownHeader.java
public enum ShownHeader {
========
public enum FailureReportDetail {
>>>>>>>> reports4:authentication/src/main/java/org/amrelay/authentication/report/failure/FailureReportDetail.java
    /** Fields that tell how it came, with all local parts and names of people replaced (RFC 6590). */
    REDACTED,
    /** The header as it came. */
    FULL
}
