// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import org.apache.james.protocols.api.Response;

/** Counts what one session was refused. For one thread. */
final class ErrorLimit {
    private final int most;
    private int errors;

    ErrorLimit(int most) {
        this.most = most;
    }

    /** Counts a response; true when it is one refusal too many and does not end the session by itself. */
    boolean isExceededBy(Response response) {
        String code = response.getRetCode();
        boolean error = code.startsWith("4") || code.startsWith("5");
        if (error && !code.equals("452")) {
            errors++;
        }
        return error && errors > most && !response.isEndSession();
    }
}
