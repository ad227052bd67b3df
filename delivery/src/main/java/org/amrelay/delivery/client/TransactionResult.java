// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import java.util.List;

/**
 * How a transaction ended.
 *
 * @param verdicts one per recipient, in their order
 * @param reusable whether the connection can take another message
 * @param stale the connection, kept from an earlier message, was gone before this one began: nothing has happened, the
 *     message may be sent over a new connection
 */
public record TransactionResult(List<Verdict> verdicts, boolean reusable, boolean stale) {
    public TransactionResult {
        verdicts = List.copyOf(verdicts);
    }

    /** The same with a remark behind each reply, for the trace and for notices; nothing happens for empty text. */
    TransactionResult with(String remark) {
        if (remark.isEmpty()) {
            return this;
        }
        List<Verdict> remarked = verdicts.stream()
                .map(verdict -> new Verdict(verdict.kind(), verdict.reply().with(remark)))
                .toList();
        return new TransactionResult(remarked, reusable, stale);
    }
}
