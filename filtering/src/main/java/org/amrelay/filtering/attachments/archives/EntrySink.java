// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.attachments.archives;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;

/** Takes what comes out of an archive. */
public interface EntrySink {
    /**
     * A file that can be read.
     *
     * @param name as the archive gives it
     * @param packed the bytes it takes in the archive, or as many as were read of it so far
     * @param bytes its unpacked bytes; not closed by the sink
     */
    void file(String name, LongSupplier packed, InputStream bytes) throws IOException;

    /** A file that is there and cannot be read, with the reason: encrypted, damaged or no-reader. */
    void unreadable(String name, long size, String reason) throws IOException;

    /** A trait that the archive itself shows. */
    void trait(String trait);
}
