// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.amrelay.server.home.Home;

/** Makes every write and sync of storage fail while a file is there. */
final class FailingDisk implements Trouble {
    private final Path marker;

    FailingDisk(Home home) {
        this.marker = home.directory().resolve("disk-fails");
    }

    @Override
    public void prepare(Home home) {}

    @Override
    public List<String> options() {
        return List.of("-D" + DiskFaults.PROPERTY + "=" + marker);
    }

    @Override
    public void begin() throws IOException {
        Files.writeString(marker, "");
    }

    @Override
    public void end() throws IOException {
        Files.deleteIfExists(marker);
    }

    @Override
    public void close() throws IOException {
        end();
    }
}
