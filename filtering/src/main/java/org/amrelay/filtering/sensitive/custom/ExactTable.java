// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive.custom;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.amrelay.filtering.sensitive.text.Letters;

/**
 * The rows of a table as salted hashes of their cells; the values are not kept.
 *
 * <p>Whoever has the file can still try all values of a small range, such as all card numbers: keep it as you keep keys.
 * Immutable, safe for several threads.
 */
public final class ExactTable {
    private static final int MAGIC = 0x414D5831;
    private static final int MOST_CELLS = 20_000_000;
    private static final int MOST_WORDS = 6;
    private static final int SHORTEST = 4;
    private static final int LONGEST = 120;
    private static final int SALT = 16;

    private final String name;
    private final byte[] salt;
    private final TreeMap<Long, int[]> cells;
    private final Set<Integer> shapes;

    private ExactTable(String name, byte[] salt, TreeMap<Long, int[]> cells, Set<Integer> shapes) {
        this.name = name;
        this.salt = salt;
        this.cells = cells;
        this.shapes = shapes;
    }

    /**
     * Builds one of comma-separated values (RFC 4180), whose first line names the columns.
     *
     * @param name of the type
     * @param primary the column whose value has to be in a text; others of its row raise the confidence
     * @param salt 16 random bytes
     * @throws IllegalArgumentException when there is no such column, or too much
     */
    public static ExactTable build(String name, Reader csv, String primary, byte[] salt) throws IOException {
        TypeNames.check(name);
        if (salt.length != SALT) {
            throw new IllegalArgumentException("the salt needs " + SALT + " bytes");
        }
        CommaSeparated rows = new CommaSeparated(new BufferedReader(csv));
        List<String> header = rows.next();
        int wanted = header.indexOf(primary);
        if (wanted < 0) {
            throw new IllegalArgumentException(
                    "there is no column '" + primary + "', there are " + String.join(", ", header));
        }
        ExactTable table = new ExactTable(name, salt.clone(), new TreeMap<>(), new TreeSet<>());
        int row = 0;
        for (List<String> cells = rows.next(); !cells.isEmpty(); cells = rows.next()) {
            for (int column = 0; column < cells.size(); column++) {
                table.add(cells.get(column), column == wanted ? row : -row - 1);
            }
            row++;
        }
        return table;
    }

    private void add(String cell, int row) {
        List<String> words = words(cell);
        String joined = String.join("", words);
        if (joined.length() < SHORTEST || joined.length() > LONGEST || words.size() > MOST_WORDS) {
            return;
        }
        shapes.add(shape(words.size(), joined.length()));
        shapes.add(shape(1, joined.length()));
        cells.merge(hash(joined), new int[] {row}, ExactTable::joined);
        if (cells.size() > MOST_CELLS) {
            throw new IllegalArgumentException("more than " + MOST_CELLS + " cells");
        }
    }

    private static int[] joined(int[] one, int[] other) {
        int[] both = Arrays.copyOf(one, one.length + 1);
        both[one.length] = other[0];
        return one.length < 64 ? both : one;
    }

    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : ' ';
            if (Character.isLetterOrDigit(c)) {
                word.append(Letters.fold(c));
            } else if (!word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
            }
        }
        return words;
    }

    private static int shape(int words, int length) {
        return words * 1000 + length;
    }

    /** The type's name. */
    public String name() {
        return name;
    }

    /** Whether some cell has so many words and letters; only then is it worth hashing. */
    boolean mayHave(int words, int length) {
        return shapes.contains(shape(words, length));
    }

    /** The rows that have the value: from 0 in the primary column, below 0 for others, {@code -row - 1}. */
    int[] rows(String joined) {
        return cells.getOrDefault(hash(joined), new int[0]);
    }

    private long hash(String joined) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            return ByteBuffer.wrap(digest.digest(joined.getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /** Writes it. */
    public void write(OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        data.writeInt(MAGIC);
        data.writeUTF(name);
        data.write(salt);
        data.writeInt(shapes.size());
        for (int shape : shapes) {
            data.writeInt(shape);
        }
        data.writeInt(cells.size());
        for (var cell : cells.entrySet()) {
            data.writeLong(cell.getKey());
            data.writeByte(cell.getValue().length);
            for (int row : cell.getValue()) {
                data.writeInt(row);
            }
        }
        data.flush();
    }

    /**
     * Reads what was written.
     *
     * @throws IOException when it cannot be read or is no such file
     */
    public static ExactTable read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        if (data.readInt() != MAGIC) {
            throw new IOException("this is no file of an exact table");
        }
        String name = data.readUTF();
        byte[] salt = new byte[SALT];
        data.readFully(salt);
        ExactTable table = new ExactTable(name, salt, new TreeMap<>(), new TreeSet<>());
        for (int left = bounded(data.readInt()); left > 0; left--) {
            table.shapes.add(data.readInt());
        }
        for (int left = bounded(data.readInt()); left > 0; left--) {
            long hash = data.readLong();
            int[] rows = new int[data.readUnsignedByte()];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = data.readInt();
            }
            table.cells.put(hash, rows);
        }
        return table;
    }

    private static int bounded(int count) throws IOException {
        if (count < 0 || count > MOST_CELLS) {
            throw new IOException("the file of an exact table is damaged");
        }
        return count;
    }
}
