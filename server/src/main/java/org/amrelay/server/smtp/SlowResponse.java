// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.apache.james.protocols.api.Response;

/**
 * A reply that a command handler cannot give at once; the connection takes no further command until it is there.
 *
 * @param work starts it; what blocks runs on the given pool
 */
record SlowResponse(Function<Executor, CompletionStage<Response>> work) implements Response {
    @Override
    public String getRetCode() {
        return "";
    }

    @Override
    public List<CharSequence> getLines() {
        return List.of();
    }

    @Override
    public boolean isEndSession() {
        return false;
    }
}
