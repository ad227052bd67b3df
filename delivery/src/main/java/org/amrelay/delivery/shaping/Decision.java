// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.shaping;

import java.time.Instant;

/**
 * Something that was changed at a site.
 *
 * @param at when
 * @param what was done, such as {@code rate 40 %}
 * @param cause the reply, or the time that passed
 * @param next when what changes next, empty text when nothing
 */
public record Decision(Instant at, String what, String cause, String next) {
    @Override
    public String toString() {
        return what + " because " + cause + (next.isEmpty() ? "" : "; " + next);
    }
}
