// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.amrelay.mail.message.MessageContent;

/** A message with other bytes in the place of some of its own, which are read and not copied. Immutable. */
public final class SplicedContent implements MessageContent {
    private final MessageContent original;
    private final List<Cut> cuts;

    /** @param cuts do not overlap */
    public SplicedContent(MessageContent original, List<Cut> cuts) {
        this.original = original;
        this.cuts = cuts.stream().sorted(Comparator.comparingLong(Cut::from)).toList();
    }

    /** Bytes from one place up to another, and what comes instead. */
    public record Cut(long from, long to, byte[] instead) {}

    @Override
    public long size() {
        return original.size()
                + cuts.stream()
                        .mapToLong(cut -> cut.instead().length - (cut.to() - cut.from()))
                        .sum();
    }

    @Override
    public InputStream open() throws IOException {
        InputStream in = original.open();
        List<InputStream> pieces = new ArrayList<>();
        long at = 0;
        for (Cut cut : cuts) {
            pieces.add(new Piece(in, 0, cut.from() - at));
            pieces.add(new ByteArrayInputStream(cut.instead()));
            pieces.add(new Piece(in, cut.to() - cut.from(), 0));
            at = cut.to();
        }
        pieces.add(in);
        return new Whole(new SequenceInputStream(Collections.enumeration(pieces)), in);
    }

    /** Closes the original, wherever reading has come to. */
    private static final class Whole extends FilterInputStream {
        private final InputStream original;

        Whole(InputStream pieces, InputStream original) {
            super(pieces);
            this.original = original;
        }

        @Override
        public void close() throws IOException {
            original.close();
        }
    }

    /** So many bytes of the original are left out, then so many are read. */
    private static final class Piece extends InputStream {
        private final InputStream in;
        private long skip;
        private long left;

        Piece(InputStream in, long skip, long left) {
            this.in = in;
            this.skip = skip;
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (skip > 0) {
                in.skipNBytes(skip);
                skip = 0;
            }
            if (left <= 0) {
                return -1;
            }
            int read = in.read(into, offset, (int) Math.min(length, left));
            left -= Math.max(read, 0);
            return read;
        }
    }
}
