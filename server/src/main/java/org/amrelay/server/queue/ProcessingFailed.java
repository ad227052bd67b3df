// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.queue;

import java.util.concurrent.ExecutionException;
import javax.mail.MessagingException;

/** Processing cannot end well this time; everything is undone and the item is tried later. The message says why. */
public final class ProcessingFailed extends MessagingException {
    private static final long serialVersionUID = 1L;

    public ProcessingFailed(String message) {
        super(message);
    }

    public ProcessingFailed(String message, Throwable cause) {
        super(message, cause instanceof Exception exception ? exception : new ExecutionException(cause));
    }
}
