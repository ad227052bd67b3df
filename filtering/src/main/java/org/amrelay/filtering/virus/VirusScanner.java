// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.virus;

import java.util.concurrent.CompletionStage;
import org.amrelay.mail.message.MessageContent;

/** An engine that looks for malware. Safe for several threads. */
public interface VirusScanner {
    /**
     * Scans a message, which must stay readable until the stage is complete.
     *
     * @return completes normally, on any thread, within the engine's time-out
     */
    CompletionStage<ScanResult> scan(MessageContent message);
}
