// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

/** What an operator can do with deliveries that wait. */
public enum QueueOrder {
    /** Make them due at once. */
    RETRY,
    /** Keep them back until released or cancelled. */
    HOLD,
    /** Let held ones go at once. */
    RELEASE,
    /** Take them out for good; the sender is not told. What is named is gone at once, what is searched in five minutes. */
    CANCEL,
    /** The same, and the sender gets a notice. */
    BOUNCE
}
