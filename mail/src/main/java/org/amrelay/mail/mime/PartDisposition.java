// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.mime;

import java.util.Locale;

/**
 * A Content-Disposition (RFC 2183), read leniently. Immutable.
 *
 * @param value in lower case, such as {@code attachment}; empty when there is no field
 */
public record PartDisposition(String value, Parameters parameters) {
    /** Of a part without the field. */
    public static final PartDisposition NONE = new PartDisposition("", Parameters.NONE);

    /** Reads a field's body as it came, one character per octet. */
    public static PartDisposition parse(String body) {
        ParameterParser.Split split = ParameterParser.parse(body);
        return new PartDisposition(split.value().toLowerCase(Locale.ROOT), split.parameters());
    }

    /** An unknown disposition is an attachment (RFC 2183 §2.8). */
    public boolean isAttachment() {
        return !value.isEmpty() && !value.equals("inline");
    }
}
