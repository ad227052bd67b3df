// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.attachments;

import org.amrelay.mail.message.MessageView;

/** Looks into the attachments of a message; safe for several threads. */
public interface AttachmentInspector {
    Inspection inspect(MessageView view);
}
