// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.containment;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * To whom an account wrote before: two generations of marks, at most 16 KB for any number of recipients.
 *
 * <p>May take a new recipient for a known one, the more the fuller it is, never a lately known one for a new one.
 */
final class RecipientMemory {
    private static final int BITS = 1 << 16;
    /** One mark in four: a quarter of the strangers passes for known at the most. */
    private static final int FULL = BITS / 4;

    private BitSet young = new BitSet();
    private BitSet old = new BitSet();
    private int marks;

    /** Whether this one is new; known from now on. */
    boolean meets(String recipient) {
        int mark = spread(recipient.toLowerCase(Locale.ROOT).hashCode());
        boolean known = young.get(mark) || old.get(mark);
        if (!young.get(mark)) {
            if (marks >= FULL) {
                old = young;
                young = new BitSet();
                marks = 0;
            }
            young.set(mark);
            marks++;
        }
        return !known;
    }

    /** Addresses in a row must not share their marks' neighbourhood. */
    private static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return (mixed ^ (mixed >>> 15)) & (BITS - 1);
    }

    void writeTo(DataOutputStream out) throws IOException {
        for (BitSet generation : List.of(young, old)) {
            byte[] bytes = generation.toByteArray();
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }

    void readFrom(DataInputStream in) throws IOException {
        young = generation(in);
        old = generation(in);
        marks = young.cardinality();
    }

    private static BitSet generation(DataInputStream in) throws IOException {
        byte[] bytes = new byte[BaselineCodec.count(in, BITS / Byte.SIZE)];
        in.readFully(bytes);
        return BitSet.valueOf(bytes);
    }
}
