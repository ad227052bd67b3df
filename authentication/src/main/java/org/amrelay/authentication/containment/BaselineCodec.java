// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.containment;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;

/** A baseline as bytes, to be kept over a restart; times to the millisecond. */
public final class BaselineCodec {
    /** The first byte. */
    private static final int VERSION = 1;

    private static final int MOST_BYTES = 1 << 16;
    /** In steps, days or milliseconds alike far after any clock, and far from an overflow. */
    private static final long LATEST = 1L << 48;

    private BaselineCodec() {}

    public static byte[] encode(AccountBaseline baseline) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            baseline.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Nothing when the bytes are damaged or of another version: then the account is learned anew. */
    public static Optional<AccountBaseline> decode(byte[] bytes) {
        if (bytes.length > MOST_BYTES) {
            return Optional.empty();
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readUnsignedByte() != VERSION) {
                return Optional.empty();
            }
            AccountBaseline baseline = AccountBaseline.readFrom(in);
            return in.read() < 0 ? Optional.of(baseline) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static int count(DataInputStream in, int most) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > most) {
            throw new IOException("has a count outside 0 to " + most + ": " + count);
        }
        return count;
    }

    static double amount(DataInputStream in) throws IOException {
        double amount = in.readDouble();
        if (!(amount >= 0 && amount < Double.POSITIVE_INFINITY)) {
            throw new IOException("has an amount that is none: " + amount);
        }
        return amount;
    }

    /** From 0, or from before 1970 where that makes sense. */
    static long number(DataInputStream in, boolean signed) throws IOException {
        long number = in.readLong();
        if (number > LATEST || number < (signed ? -LATEST : 0)) {
            throw new IOException("has a number out of range: " + number);
        }
        return number;
    }

    static Instant time(DataInputStream in) throws IOException {
        return Instant.ofEpochMilli(number(in, true));
    }

    static void write(DataOutputStream out, double[] amounts) throws IOException {
        for (double amount : amounts) {
            out.writeDouble(amount);
        }
    }

    static void read(DataInputStream in, double[] amounts) throws IOException {
        for (int i = 0; i < amounts.length; i++) {
            amounts[i] = amount(in);
        }
    }

    static void write(DataOutputStream out, int[] counts) throws IOException {
        for (int count : counts) {
            out.writeInt(count);
        }
    }

    /** So small that a day's sum cannot overflow. */
    static void read(DataInputStream in, int[] counts) throws IOException {
        for (int i = 0; i < counts.length; i++) {
            counts[i] = count(in, Integer.MAX_VALUE / counts.length);
        }
    }
}
