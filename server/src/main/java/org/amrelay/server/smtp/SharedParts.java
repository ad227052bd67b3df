// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import java.io.FileNotFoundException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import javax.net.ssl.SSLException;
import org.apache.james.filesystem.api.FileSystem;

/** What the ports of one process share: threads, memory, certificates. Safe for several threads. */
final class SharedParts {
    private final FileSystem files;
    private final ExecutorService workers;
    private final MemoryBudget memory;
    private final Path spillDirectory;
    private final Clock clock;
    private final Map<List<String>, TlsIdentity> identities = new ConcurrentHashMap<>();

    SharedParts(FileSystem files, ExecutorService workers, MemoryBudget memory, Path spillDirectory, Clock clock) {
        this.files = files;
        this.workers = workers;
        this.memory = memory;
        this.spillDirectory = spillDirectory;
        this.clock = clock;
    }

    /** The certificate of these two files, the same object for each port that names them. */
    synchronized TlsIdentity identity(String certificate, String key) throws FileNotFoundException, SSLException {
        List<String> names = List.of(certificate, key);
        TlsIdentity known = identities.get(names);
        if (known != null) {
            return known;
        }
        TlsIdentity read = new TlsIdentity(
                files.getFile(certificate).toPath(), files.getFile(key).toPath());
        identities.put(names, read);
        return read;
    }

    void checkCertificates() {
        identities.values().forEach(TlsIdentity::check);
    }

    ExecutorService workers() {
        return workers;
    }

    MemoryBudget memory() {
        return memory;
    }

    Path spillDirectory() {
        return spillDirectory;
    }

    Clock clock() {
        return clock;
    }
}
