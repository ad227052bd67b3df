// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.attachments;

import org.amrelay.mail.message.MessageView;

/** Looks into the files of a message. Safe for several threads. */
public interface AttachmentInspector {
    /**
     * What is in the files of a message, whatever they are.
     *
     * @throws java.io.UncheckedIOException when our own disk fails, which is never the message's fault
     */
    Inspection inspect(MessageView view);
}
