// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import java.util.List;

/** What an operator can ask and order about accounts whose mail is held; as {@link Operations}. */
public interface ContainmentOperations {
    List<Answers.Contained> contained();

    /** Holds the account's mail; whether it was not held. */
    boolean contain(String account);

    /** Lets the account send, and all go that was held of it. */
    Answers.Released release(String account);

    /** What a recall would take. */
    Answers.Impact queued(String account);

    /** Contains the account and cancels all that it has queued; its recipients and it are not told. */
    Answers.Ordered recall(String account);
}
