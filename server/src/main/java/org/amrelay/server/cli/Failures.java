// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.NoSuchFileException;

/** Says in one line what an unexpected exception means. */
final class Failures {
    private Failures() {}

    /** Why a file cannot be read; Java says no more than its name. */
    static String ofFile(String file, IOException cause) {
        return cause instanceof NoSuchFileException ? "there is no file " + file : file + " cannot be read: " + cause;
    }

    static String explain(Throwable thrown) {
        if (thrown instanceof IllegalArgumentException && thrown.getMessage() != null) {
            return thrown.getMessage();
        }
        Throwable root = thrown;
        for (int depth = 0; root.getCause() != null && depth < 50; depth++) {
            root = root.getCause();
        }
        if (root instanceof ConnectException) {
            return "no relay answers: " + root.getMessage();
        }
        String message = root.getMessage();
        return message == null || message.isBlank()
                ? "failed: " + root.getClass().getSimpleName() + " (--verbose shows more)"
                : message;
    }
}
