// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.attachments;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The readable beginning of a stream whose decoder may find damage. For one thread. */
final class UntilDamaged extends FilterInputStream {
    private boolean damaged;

    UntilDamaged(InputStream decoder) {
        super(decoder);
    }

    boolean isDamaged() {
        return damaged;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (damaged) {
            return -1;
        }
        try {
            return super.read(target, offset, length);
        } catch (IOException end) {
            damaged = true;
            return -1;
        }
    }
}
