// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.message;

import org.amrelay.mail.mime.HeaderDecoder;
import org.amrelay.mail.mime.HeaderText;

/** A header field as it came and as mail programs show it; decoded when first asked for. Immutable, safe for several threads. */
public final class DecodedField {
    private final HeaderField field;
    private final Lazy<HeaderText> decoded;

    DecodedField(HeaderField field) {
        this.field = field;
        this.decoded = new Lazy<>(() -> HeaderDecoder.decode(field.body()));
    }

    /** As it came. */
    public HeaderField field() {
        return field;
    }

    /** As written; empty for a line that is no field. */
    public String name() {
        return field.name();
    }

    /** The name in lower case. */
    public String key() {
        return field.key();
    }

    /** What stands behind the colon, unfolded and decoded. */
    public String text() {
        return decoded.get().text();
    }

    /** The text, and whether it is as it should be. */
    public HeaderText decoded() {
        return decoded.get();
    }

    @Override
    public String toString() {
        return field.raw();
    }
}
