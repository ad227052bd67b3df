// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import org.amrelay.mail.reply.Reply;

/**
 * What a hook says to one SMTP command; {@link RelayHook} turns it into James' words and logs refusals.
 *
 * <p>Immutable.
 */
public sealed interface HookAnswer {
    /** Has no opinion; the next hook decides. */
    record Pass() implements HookAnswer {}

    /** Accepts; no further hook is asked. */
    record Accept() implements HookAnswer {}

    /**
     * Refuses the command.
     *
     * @param reply what the peer reads: 4xx or 5xx with an enhanced code
     * @param cause what the operator reads; may say more than the reply
     * @param hangUp whether the connection is closed after the reply (RFC 5321 §3.8, with 421)
     */
    record Refuse(Reply reply, String cause, boolean hangUp) implements HookAnswer {
        public Refuse {
            if (reply.code() < 400) {
                throw new IllegalArgumentException("not a refusal: " + reply);
            }
        }
    }

    static HookAnswer pass() {
        return new Pass();
    }

    static HookAnswer accept() {
        return new Accept();
    }

    static HookAnswer refuse(Reply reply, String cause) {
        return new Refuse(reply, cause, false);
    }
}
