// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.processing;

import javax.inject.Inject;
import javax.mail.MessagingException;
import org.amrelay.server.queue.LineObserver;
import org.amrelay.server.queue.OpenItem;
import org.amrelay.server.queue.OpenItems;
import org.amrelay.storage.spool.SpoolItem;
import org.amrelay.storage.spool.SpoolOutcome;
import org.apache.james.mailetcontainer.api.MailProcessor;

/** Runs the processors for a mail and tells what would be written; writes nothing itself. Safe for several threads. */
public final class ProcessingRehearsal {
    private final OpenItems openItems;
    private final MailProcessor processors;

    @Inject
    ProcessingRehearsal(OpenItems openItems, MailProcessor processors) {
        this.openItems = openItems;
        this.processors = processors;
    }

    /**
     * What would come of an item.
     *
     * @throws MessagingException when it would be tried later
     */
    public SpoolOutcome run(SpoolItem item, LineObserver observer) throws MessagingException {
        OpenItem open = openItems.begin(item, observer);
        try {
            return ItemProcessing.run(open, openItems, processors);
        } finally {
            openItems.end(open);
        }
    }
}
