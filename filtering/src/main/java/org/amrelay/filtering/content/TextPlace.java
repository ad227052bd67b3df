// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

/** Where text stands. */
public enum TextPlace {
    SUBJECT,
    BODY,
    ATTACHMENTS
}
