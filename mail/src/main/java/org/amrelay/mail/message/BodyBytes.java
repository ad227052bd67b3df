// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.message;

import java.io.IOException;
import java.io.InputStream;

/** The bytes of a part as they stand in the message, readable as often as wanted. Safe for several threads. */
interface BodyBytes {
    InputStream open() throws IOException;

    long size();

    /** No bytes. */
    static BodyBytes none() {
        return of(InputStream::nullInputStream, 0);
    }

    static BodyBytes of(Opener opener, long size) {
        return new BodyBytes() {
            @Override
            public InputStream open() throws IOException {
                return opener.open();
            }

            @Override
            public long size() {
                return size;
            }
        };
    }

    /** Opens the bytes from the start. */
    interface Opener {
        InputStream open() throws IOException;
    }
}
