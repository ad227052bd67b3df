// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.attachments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.amrelay.mail.message.MessageView;

/** Files made for tests, honest and hostile ones. */
final class Samples {
    private Samples() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A program as Windows knows it, as far as its first bytes go. */
    static byte[] program() {
        byte[] program = new byte[512];
        program[0] = 'M';
        program[1] = 'Z';
        program[2] = (byte) 0x90;
        program[0x3c] = (byte) 0x80;
        return program;
    }

    /** Names and contents in turns. */
    static byte[] zip(Object... namesAndContents) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                zip.putNextEntry(new ZipEntry((String) namesAndContents[i]));
                Object content = namesAndContents[i + 1];
                zip.write(content instanceof byte[] raw ? raw : ((String) content).getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    static byte[] docx(String document, Object... more) {
        Object[] parts = {"[Content_Types].xml", "<Types/>", "word/document.xml", document};
        Object[] all = Arrays.copyOf(parts, parts.length + more.length);
        System.arraycopy(more, 0, all, parts.length, more.length);
        return zip(all);
    }

    /** A ZIP archive whose directory names one local file many times (as Fifield's bombs do). */
    static byte[] overlapping(int copies) {
        byte[] zip = zip("0", new byte[100_000]);
        int directory = find(zip, new byte[] {'P', 'K', 1, 2});
        int end = find(zip, new byte[] {'P', 'K', 5, 6});
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(zip, 0, directory);
        for (int i = 0; i < copies; i++) {
            bytes.write(zip, directory, end - directory);
        }
        byte[] tail = Arrays.copyOfRange(zip, end, zip.length);
        ByteBuffer numbers = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN);
        numbers.putShort(8, (short) copies).putShort(10, (short) copies).putInt(12, copies * (end - directory));
        bytes.writeBytes(tail);
        return bytes.toByteArray();
    }

    static int find(byte[] bytes, byte[] pattern) {
        return org.amrelay.filtering.attachments.archives.Little.find(bytes, pattern, 0);
    }

    /** Streams of 4,096 bytes or more in a compound file with sectors of 512 bytes, all of them below the root. */
    static byte[] compound(Object... namesAndContents) {
        int count = namesAndContents.length / 2;
        int directorySectors = (count + 1 + 3) / 4;
        byte[][] contents = new byte[count][];
        int sectors = 1 + directorySectors;
        for (int i = 0; i < count; i++) {
            byte[] content = (byte[]) namesAndContents[2 * i + 1];
            contents[i] = Arrays.copyOf(content, Math.max(4096, (content.length + 511) / 512 * 512));
            sectors += contents[i].length / 512;
        }
        ByteBuffer file = ByteBuffer.allocate(512 * (sectors + 1)).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(0, 0xe11ab1a1e011cfd0L).putShort(26, (short) 3).putShort(28, (short) -2);
        file.putShort(30, (short) 9)
                .putShort(32, (short) 6)
                .putInt(44, 1)
                .putInt(48, 1)
                .putInt(56, 4096);
        file.putInt(60, -2).putInt(68, -2);
        for (int at = 76; at < 512; at += 4) {
            file.putInt(at, at == 76 ? 0 : -1);
        }
        int[] table = new int[128];
        Arrays.fill(table, -1);
        table[0] = -3;
        chain(table, 1, directorySectors);
        int next = 1 + directorySectors;
        entry(file, 0, "Root Entry", 5, -2, 0, count > 0 ? 1 : -1, -1);
        for (int i = 0; i < count; i++) {
            int length = contents[i].length / 512;
            chain(table, next, length);
            entry(
                    file,
                    i + 1,
                    (String) namesAndContents[2 * i],
                    2,
                    next,
                    contents[i].length,
                    -1,
                    i + 1 < count ? i + 2 : -1);
            file.position(512 * (next + 1)).put(contents[i]);
            next += length;
        }
        for (int i = 0; i < table.length; i++) {
            file.putInt(512 + 4 * i, table[i]);
        }
        return file.array();
    }

    private static void chain(int[] table, int first, int length) {
        for (int i = 0; i < length; i++) {
            table[first + i] = i + 1 < length ? first + i + 1 : -2;
        }
    }

    private static void entry(
            ByteBuffer file, int number, String name, int kind, int first, int size, int child, int right) {
        int at = 1024 + 128 * number;
        byte[] letters = name.getBytes(StandardCharsets.UTF_16LE);
        file.position(at).put(letters);
        file.putShort(at + 64, (short) (letters.length + 2))
                .put(at + 66, (byte) kind)
                .putInt(at + 68, -1);
        file.putInt(at + 72, right)
                .putInt(at + 76, child)
                .putInt(at + 116, first)
                .putInt(at + 120, size);
    }

    /** A message with one file. */
    static MessageView message(String name, String type, byte[] content) {
        String head = "From: a@example.org\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
                + "--x\r\nContent-Type: text/plain\r\n\r\nhello\r\n--x\r\nContent-Type: " + type
                + "\r\nContent-Disposition: attachment; filename*=UTF-8''" + encoded(name)
                + "\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(content) + "\r\n--x--\r\n";
        return MessageView.of(head.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(String name) {
        StringBuilder text = new StringBuilder();
        for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
            text.append(
                    Character.isLetterOrDigit(each) && each > 0 || each == '.'
                            ? String.valueOf((char) each)
                            : "%%%02X".formatted(each));
        }
        return text.toString();
    }
}
