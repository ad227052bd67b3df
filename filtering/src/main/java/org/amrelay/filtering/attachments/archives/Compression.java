// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.attachments.archives;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.deflate64.Deflate64CompressorInputStream;
import org.tukaani.xz.XZInputStream;

/** Streams that undo a compression, each in bounded memory. Stateless. */
final class Compression {
    private static final int IN_ZIP_KIB = 9 * 1024;

    private Compression() {}

    static Optional<InputStream> ofZipMethod(int method, InputStream bytes) throws IOException {
        return switch (method) {
            case 9 -> Optional.of(new NamedFailures(new Deflate64CompressorInputStream(bytes)));
            case 12 -> of("application/x-bzip2", bytes, IN_ZIP_KIB);
            case 95 -> of("application/x-xz", bytes, IN_ZIP_KIB);
            default -> Optional.empty();
        };
    }

    static Optional<InputStream> of(String type, InputStream bytes, int memoryKib) throws IOException {
        return switch (type) {
            case "application/gzip" -> Optional.of(new GZIPInputStream(bytes, 8192));
            case "application/x-bzip2" ->
                Optional.of(new NamedFailures(NamedFailures.call(
                        () -> new BZip2CompressorInputStream(new BufferedInputStream(bytes, 8192), true))));
            case "application/x-xz" ->
                Optional.of(new NamedFailures(
                        NamedFailures.call(() -> new XZInputStream(new BufferedInputStream(bytes, 8192), memoryKib))));
            default -> Optional.empty();
        };
    }
}
