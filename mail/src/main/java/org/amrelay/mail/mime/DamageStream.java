// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.mime;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** A body as it is decoded, which knows whether it was as it should be; that is settled at its end. For one thread. */
public abstract class DamageStream extends InputStream {
    /** Whether something was not as it should be in what has been read. */
    public abstract boolean isDamaged();

    /** A body that is not encoded. */
    static DamageStream plain(InputStream in) {
        return new DamageStream() {
            @Override
            public boolean isDamaged() {
                return false;
            }

            @Override
            public int read() throws IOException {
                return in.read();
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                Objects.checkFromIndexSize(offset, length, target.length);
                return in.read(target, offset, length);
            }

            @Override
            public long skip(long count) throws IOException {
                return in.skip(count);
            }

            @Override
            public void close() throws IOException {
                in.close();
            }
        };
    }
}
