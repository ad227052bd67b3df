// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam.learning;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** A table in a file: a version, how many messages it was learned from, and a byte for each weight, compressed. */
public final class ModelFile {
    private static final int VERSION = 0x414d5201;
    private static final float STEP = 1 / 15f;

    private ModelFile() {}

    /** Writes the table; weights are rounded to a fifteenth of a point. */
    public static void write(WeightTable table, OutputStream to) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(to))) {
            out.writeInt(VERSION);
            out.writeByte(table.bits());
            out.writeLong(table.ham());
            out.writeLong(table.spam());
            byte[] bytes = new byte[table.weights().length];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) Math.max(-127, Math.min(127, Math.round(table.weights()[i] / STEP)));
            }
            out.write(bytes);
        }
    }

    /**
     * Reads a table.
     *
     * @throws IOException with a sentence when the file is none
     */
    public static WeightTable read(InputStream from) throws IOException {
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(from))) {
            int version = in.readInt();
            int bits = in.readUnsignedByte();
            if (version != VERSION || bits != WeightTable.GLOBAL_BITS) {
                throw new IOException("this is no model of this version; amr spam train makes one");
            }
            long ham = in.readLong();
            long spam = in.readLong();
            byte[] bytes = in.readNBytes(1 << bits);
            if (bytes.length < 1 << bits) {
                throw new EOFException("the model is cut off");
            }
            float[] weights = new float[bytes.length];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = bytes[i] * STEP;
            }
            return new WeightTable(bits, weights, ham, spam);
        }
    }
}
