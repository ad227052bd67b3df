// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.identity;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.amrelay.mail.reply.Reply;

/** Whether mail is under names of the account that submits it. Immutable. */
public sealed interface AuthorshipResult {
    /** All names belong to the account. */
    record Own() implements AuthorshipResult {}

    /**
     * A name does not.
     *
     * @param reply what the client reads; says what to do
     * @param cause what the operator reads
     */
    record Foreign(Reply reply, String cause) implements AuthorshipResult {}

    static AuthorshipResult own() {
        return new Own();
    }

    /** One of the two. */
    default <R> R fold(Supplier<? extends R> own, BiFunction<Reply, String, ? extends R> foreign) {
        return this instanceof Foreign f ? foreign.apply(f.reply(), f.cause()) : own.get();
    }

    default Optional<Reply> refusal() {
        return fold(Optional::empty, (reply, cause) -> Optional.of(reply));
    }
}
