// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive.custom;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.amrelay.filtering.sensitive.text.Letters;

/**
 * Chosen hashes of a document's parts, by which quotations of it are known again (winnowing).
 *
 * <p>Each quotation of at least 55 letters or digits shares a hash with the document, whatever its line breaks, spaces and
 * capitals. The text is not kept. Immutable, safe for several threads.
 */
public final class Fingerprint {
    private static final int MAGIC = 0x414D4631;
    private static final int SHINGLE = 36;
    private static final int WINDOW = 20;
    private static final int FEWEST = 4;
    private static final int MOST = 2_000_000;
    private static final long BASE = 0x9E3779B97F4A7C15L;

    private final String name;
    private final int share;
    private final long salt;
    private final long[] hashes;

    private Fingerprint(String name, int share, long salt, long[] hashes) {
        this.name = name;
        this.share = share;
        this.salt = salt;
        this.hashes = hashes;
    }

    /**
     * Takes a document's fingerprint.
     *
     * @param name of the type
     * @param share how many per cent of it have to be in a text
     * @param salt a random number
     * @throws IllegalArgumentException when it is too short or too long, or the share is not 1 to 100
     */
    public static Fingerprint of(String name, String document, int share, long salt) {
        TypeNames.check(name);
        long[] found = new long[document.length() / 2 + 1];
        int[] count = {0};
        winnow(document, salt, (hash, start, end) -> {
            if (count[0] < found.length) {
                found[count[0]++] = hash;
            }
        });
        long[] hashes = Arrays.stream(found, 0, count[0]).sorted().distinct().toArray();
        if (hashes.length < FEWEST || hashes.length > MOST || share < 1 || share > 100) {
            throw new IllegalArgumentException(
                    "the document " + name + " is too short or too long, or its share is not 1 to 100");
        }
        return new Fingerprint(name, share, salt, hashes);
    }

    /** The type's name. */
    public String name() {
        return name;
    }

    int share() {
        return share;
    }

    long salt() {
        return salt;
    }

    int size() {
        return hashes.length;
    }

    /** The number of a hash, or below 0. */
    int place(long hash) {
        return Arrays.binarySearch(hashes, hash);
    }

    /** Takes a hash of the text from start to end. */
    interface Taking {
        void take(long hash, int start, int end);
    }

    /** Of each window of neighbouring shingles the smallest hash is taken; linear in the text. */
    static void winnow(String text, long salt, Taking taking) {
        long highest = 1;
        for (int i = 1; i < SHINGLE; i++) {
            highest *= BASE;
        }
        int[] places = new int[SHINGLE];
        char[] letters = new char[SHINGLE];
        Window window = new Window();
        long rolling = 0;
        int seen = 0;
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isLetterOrDigit(text.charAt(i))) {
                continue;
            }
            char c = Letters.fold(text.charAt(i));
            int slot = seen % SHINGLE;
            if (seen >= SHINGLE) {
                rolling -= highest * letters[slot];
            }
            rolling = rolling * BASE + c;
            letters[slot] = c;
            places[slot] = i;
            seen++;
            if (seen >= SHINGLE) {
                window.add(mixed(rolling ^ salt), places[seen % SHINGLE], i + 1, taking);
            }
        }
    }

    private static long mixed(long value) {
        long mixed = (value ^ value >>> 31) * 0x7FB5D329728EA185L;
        mixed = (mixed ^ mixed >>> 27) * 0x81DADEF4BC2DD44DL;
        return mixed ^ mixed >>> 33;
    }

    /** Writes it. */
    public void write(OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        data.writeInt(MAGIC);
        data.writeUTF(name);
        data.writeInt(share);
        data.writeLong(salt);
        data.writeInt(hashes.length);
        for (long hash : hashes) {
            data.writeLong(hash);
        }
        data.flush();
    }

    /**
     * Reads what was written.
     *
     * @throws IOException when it cannot be read or is no such file
     */
    public static Fingerprint read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        if (data.readInt() != MAGIC) {
            throw new IOException("this is no file of a fingerprint");
        }
        String name = data.readUTF();
        int share = data.readInt();
        long salt = data.readLong();
        int count = data.readInt();
        if (count < FEWEST || count > MOST) {
            throw new IOException("the file of a fingerprint is damaged");
        }
        long[] hashes = new long[count];
        for (int i = 0; i < count; i++) {
            hashes[i] = data.readLong();
        }
        return new Fingerprint(name, share, salt, hashes);
    }

    /** The last shingles; the rightmost of the smallest hashes is taken once. */
    private static final class Window {
        private final long[] hashes = new long[WINDOW];
        private final int[] starts = new int[WINDOW];
        private final int[] ends = new int[WINDOW];
        private int seen;
        private int taken = -1;

        void add(long hash, int start, int end, Taking taking) {
            int slot = seen++ % WINDOW;
            hashes[slot] = hash;
            starts[slot] = start;
            ends[slot] = end;
            if (seen < WINDOW) {
                return;
            }
            int smallest = seen - WINDOW;
            for (int i = smallest + 1; i < seen; i++) {
                smallest = hashes[i % WINDOW] <= hashes[smallest % WINDOW] ? i : smallest;
            }
            if (smallest != taken) {
                taken = smallest;
                taking.take(hashes[smallest % WINDOW], starts[smallest % WINDOW], ends[smallest % WINDOW]);
            }
        }
    }
}
