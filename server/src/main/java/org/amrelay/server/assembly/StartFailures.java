// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.assembly;

import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.StartRefused;
import org.amrelay.storage.failure.HomeInUse;
import org.amrelay.storage.failure.HomeTooNew;
import org.amrelay.storage.failure.StorageUnavailable;

/** Turns what James, Guice and storage throw at a start into one line for the operator. */
final class StartFailures {
    private StartFailures() {}

    static StartRefused explain(Home home, Throwable thrown) {
        return StartRefused.among(thrown).orElseGet(() -> new StartRefused(sentence(home, thrown), thrown));
    }

    private static String sentence(Home home, Throwable thrown) {
        List<Throwable> causes = causes(thrown);
        Throwable root = causes.get(causes.size() - 1);
        for (Throwable cause : causes) {
            String message = String.valueOf(cause.getMessage());
            if (cause instanceof HomeInUse || cause instanceof HomeTooNew) {
                return message;
            }
            if (cause instanceof StorageUnavailable) {
                return "the data in " + home.data() + " cannot be opened: " + message;
            }
            if (cause instanceof BindException) {
                return "a port cannot be used: " + message;
            }
            if (cause instanceof ClassNotFoundException) {
                return home.conf() + " names " + message
                        + ", but there is no such class; mistyped, or its jar is not in " + home.directory()
                        + "/extensions-jars";
            }
        }
        String outer = String.valueOf(thrown.getMessage()).lines().findFirst().orElse("");
        String inner = String.valueOf(root.getMessage());
        return "cannot start: " + (outer.contains(inner) ? outer : outer + ": " + inner);
    }

    private static List<Throwable> causes(Throwable thrown) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = thrown; cause != null && causes.size() < 50; cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }
}
