// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import java.util.ArrayList;
import java.util.List;
import org.amrelay.delivery.client.Verdict.Kind;
import org.amrelay.mail.reply.Reply;
import org.jspecify.annotations.Nullable;

/** The recipients of one transaction, each of them open or decided; the first decision stands. For one thread. */
final class RecipientVerdicts {
    private final @Nullable Verdict[] verdicts;

    RecipientVerdicts(int recipients) {
        this.verdicts = new Verdict[recipients];
    }

    int count() {
        return verdicts.length;
    }

    void decide(int index, Kind kind, Reply reply) {
        if (verdicts[index] == null) {
            verdicts[index] = new Verdict(kind, reply);
        }
    }

    /** Decides all that are open. */
    void decideAll(Kind kind, Reply reply) {
        for (int i = 0; i < verdicts.length; i++) {
            decide(i, kind, reply);
        }
    }

    boolean isOpen(int index) {
        return verdicts[index] == null;
    }

    boolean someOpen() {
        for (int i = 0; i < verdicts.length; i++) {
            if (isOpen(i)) {
                return true;
            }
        }
        return false;
    }

    boolean someAccepted() {
        for (Verdict verdict : verdicts) {
            if (verdict != null && verdict.kind() == Kind.ACCEPTED) {
                return true;
            }
        }
        return false;
    }

    /** One for each recipient, in order. */
    List<Verdict> all() {
        List<Verdict> all = new ArrayList<>(verdicts.length);
        for (Verdict verdict : verdicts) {
            all.add(verdict == null ? new Verdict(Kind.LATER, ReplyMeaning.undecided()) : verdict);
        }
        return all;
    }
}
