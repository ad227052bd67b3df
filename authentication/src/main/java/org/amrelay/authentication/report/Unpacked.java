// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.report;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Unpacked octets, at most so many, and at most so many times the packed ones. For one thread. */
final class Unpacked extends FilterInputStream {
    private final long most;
    private long read;

    Unpacked(InputStream in, long most) {
        super(in);
        this.most = most;
    }

    @Override
    public int read() throws IOException {
        int octet = in.read();
        count(octet < 0 ? 0 : 1);
        return octet;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = in.read(target, offset, length);
        count(Math.max(count, 0));
        return count;
    }

    private void count(int more) throws IOException {
        read += more;
        if (read > most) {
            throw new IOException("unpacks to more than " + most + " octets");
        }
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
