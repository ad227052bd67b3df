// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import java.util.Optional;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.core.AbstractHookableCmdHandler;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.HookReturnCode.Action;
import org.jspecify.annotations.Nullable;

/** What a hook's result means for the command that asked it. Stateless. */
final class HookAnswers {
    private HookAnswers() {}

    /** Whether the hook says yes and no further hook is asked. */
    static boolean accepts(@Nullable HookResult result) {
        return result != null
                && result.getResult().getAction() == Action.OK
                && !result.getResult().isDisconnected();
    }

    /** The reply of a hook that decided otherwise; empty when it leaves the decision to the next one. */
    static Optional<Response> refusal(@Nullable HookResult result) {
        return accepts(result)
                ? Optional.empty()
                : Optional.ofNullable(AbstractHookableCmdHandler.calcDefaultSMTPResponse(result));
    }
}
