// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.attachments.archives;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads what is one file compressed: gzip, bzip2 and xz. */
public final class CompressedUnpacker implements Unpacker {
    private final String type;
    private final String name;
    private final int memoryKib;

    /** A reader of a media type, which names what is inside and takes so much memory at most. */
    public CompressedUnpacker(String type, String name, int memoryKib) {
        this.type = type;
        this.name = name;
        this.memoryKib = memoryKib;
    }

    @Override
    public void unpack(FileBytes archive, EntrySink sink) throws IOException {
        Optional<InputStream> bytes = Compression.of(type, archive.open(0, archive.size()), memoryKib);
        if (bytes.isPresent()) {
            sink.file(name, archive::size, bytes.get());
        } else {
            sink.unreadable(name, 0, "no-reader");
        }
    }
}
