// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

/** Where a mail goes, for one recipient. */
public enum MailDirection {
    /** From a stranger. */
    INBOUND,
    /** From an account to a domain that is not ours. */
    OUTBOUND,
    /** From an account to a domain of ours. */
    INTERNAL
}
