// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tlsreport;

import java.util.concurrent.CompletionStage;
import org.amrelay.delivery.queue.NewMail;

/** Takes a mail of ours on its way, through the same processing as all mail. */
@FunctionalInterface
public interface ReportSender {
    /** @return completes when durable, or exceptionally when it was not taken */
    CompletionStage<Void> send(NewMail mail);
}
