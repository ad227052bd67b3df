// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.message;

import org.amrelay.mail.mime.MimeFlaw;

/**
 * Something that is broken in a message or was left out. Immutable.
 *
 * @param part the path of the part
 */
public record Flaw(MimeFlaw kind, String part) {
    @Override
    public String toString() {
        return kind + " in " + part;
    }
}
