// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.attachments;

import java.util.function.LongSupplier;
import org.amrelay.filtering.attachments.archives.InspectionLimits;
import org.amrelay.filtering.attachments.archives.UnpackBudget;
import org.amrelay.mail.message.MessageView;

/**
 * Looks into archives, documents and messages inside of the files of a message, down to a depth.
 *
 * <p>All limits are of the whole message. When one is reached, what was found until then is kept, and the verdict names what
 * was not looked at. Immutable, safe for several threads.
 */
public final class DeepInspector implements AttachmentInspector {
    private final InspectionLimits limits;
    private final LongSupplier nanos;

    /** An inspector with a clock that only goes forward, in nanoseconds. */
    public DeepInspector(InspectionLimits limits, LongSupplier nanos) {
        this.limits = limits;
        this.nanos = nanos;
    }

    /** An inspector within the usual limits. */
    public static DeepInspector usual() {
        return new DeepInspector(InspectionLimits.usual(), System::nanoTime);
    }

    @Override
    public Inspection inspect(MessageView view) {
        Descent descent = new Descent(new UnpackBudget(limits, nanos));
        descent.message(view, "", 0);
        return descent.result();
    }
}
