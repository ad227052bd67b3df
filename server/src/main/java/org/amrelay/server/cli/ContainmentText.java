// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import java.io.PrintWriter;
import org.amrelay.server.admin.Answers;

/** What {@code amr account} says of contained accounts, for people. */
final class ContainmentText {
    private final PrintWriter out;

    ContainmentText(PrintWriter out) {
        this.out = out;
    }

    void account(Answers.Contained account) {
        out.printf(
                "%s since %s by %s, %d deliveries held%s%n",
                Output.safe(account.account()),
                account.since(),
                account.by(),
                account.held(),
                account.recalled() ? ", recalled" : "");
        for (String reason : account.reason().split("; ", -1)) {
            out.println("  " + Output.safe(reason));
        }
    }

    void released(String name, Answers.Released done) {
        if (!done.wasContained() && done.released() == 0) {
            out.println(name + " is not contained");
            return;
        }
        out.println(name + " may send again, " + done.released() + " deliveries go now");
    }

    void recalled(String name, Answers.Ordered done) {
        out.println(done.changed() + " deliveries of " + name + " are cancelled"
                + (done.inAttempt() > 0
                        ? ", " + done.inAttempt() + " are being tried; what is left of them is held: recall again"
                        : ""));
        out.println("it stays contained until amr account release " + name);
    }
}
