// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.attachments.archives;

import java.time.Duration;

/**
 * How much of a message's files is looked at. Immutable.
 *
 * @param depth archives inside each other
 * @param entries files of all archives together
 * @param bytes unpacked bytes of all archives together
 * @param ratio a file may be so many times as large as its packed form, when it is larger than 8 MiB
 * @param time for the whole message
 * @param heldBytes a file up to this size is held in memory, a larger one on the disk; and so much of a file is searched
 * @param textBytes text of all files together
 */
public record InspectionLimits(
        int depth, int entries, long bytes, int ratio, Duration time, int heldBytes, int textBytes) {
    public InspectionLimits {
        boolean tooSmall = depth < 1 || entries < 1 || bytes < 1 || ratio < 1 || heldBytes < 65536 || textBytes < 0;
        if (tooSmall || time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("each limit of an inspection is at least 1, and 64 KiB are held");
        }
    }

    /** Depth 8, 5,000 files, 256 MiB, ratio 250, 5 seconds, 2 MiB a file in memory, 1 MiB of text. */
    public static InspectionLimits usual() {
        return new InspectionLimits(
                8, 5_000, 256L * 1024 * 1024, 250, Duration.ofSeconds(5), 2 * 1024 * 1024, 1024 * 1024);
    }
}
