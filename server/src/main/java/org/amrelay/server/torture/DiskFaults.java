// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.amrelay.storage.failure.Faults;

/**
 * A disk that fails while a file is there; the relay's side of {@code amr torture --fault io-error}.
 *
 * <p>Safe for several threads. Without the system property {@value #PROPERTY} it costs nothing.
 */
public final class DiskFaults implements Faults {
    /** System property with the name of the file. */
    static final String PROPERTY = "amr.faults.file";

    private final Path marker;

    private DiskFaults(Path marker) {
        this.marker = marker;
    }

    /** The faults that this process was started with; usually none. */
    public static Faults ofThisProcess() {
        return Optional.ofNullable(System.getProperty(PROPERTY))
                .<Faults>map(name -> new DiskFaults(Path.of(name)))
                .orElseGet(Faults::none);
    }

    @Override
    public void at(Point point) throws IOException {
        if (Files.exists(marker)) {
            throw new IOException("the disk fails on purpose at " + point + " while " + marker + " is there");
        }
    }
}
