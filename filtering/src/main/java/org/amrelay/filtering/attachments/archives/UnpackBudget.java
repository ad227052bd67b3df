// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.attachments.archives;

import java.util.function.LongSupplier;

/** Counts what the archives of one message take. For one thread. */
public final class UnpackBudget {
    private static final long HARMLESS = 8L * 1024 * 1024;

    private final InspectionLimits limits;
    private final LongSupplier nanos;
    private final long start;
    private int entries;
    private long bytes;
    private int text;

    /** A full budget; the clock is {@code System::nanoTime} or a test's. */
    public UnpackBudget(InspectionLimits limits, LongSupplier nanos) {
        this.limits = limits;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
    }

    public InspectionLimits limits() {
        return limits;
    }

    /** Counts an entry of an archive. */
    public void entry() throws LimitReached {
        entries++;
        if (entries > limits.entries()) {
            throw new LimitReached("too-many-entries");
        }
        time();
    }

    /** Counts bytes that came out of an archive, and refuses a file that grew too much. */
    public void unpacked(long more, long soFar, long packed) throws LimitReached {
        bytes += more;
        if (bytes > limits.bytes()) {
            throw new LimitReached("too-many-bytes");
        }
        if (soFar > HARMLESS && soFar / limits.ratio() > Math.max(1, packed)) {
            throw new LimitReached("ratio");
        }
        time();
    }

    /** Refuses to go on when the time is over. */
    public void time() throws LimitReached {
        if (nanos.getAsLong() - start > limits.time().toNanos()) {
            throw new LimitReached("too-long");
        }
    }

    /** Takes room for text; what is left may be less than wanted. */
    public int text(int wanted) {
        int given = Math.min(wanted, limits.textBytes() - text);
        text += given;
        return given;
    }
}
