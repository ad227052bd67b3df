// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam.evaluation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Messages in a folder and those below it, one in a file or many in an mbox; a Maildir is such a folder. */
public final class Corpus {
    private static final long LARGEST = 50L * 1024 * 1024;
    private static final byte[] FROM = "From ".getBytes(StandardCharsets.US_ASCII);

    /** Takes one message. */
    public interface Reader {
        /** @param name of the file, and the number of the message in an mbox */
        void take(String name, byte[] message) throws IOException;
    }

    private Corpus() {}

    /** Reads all messages, in the order of the names of their files; too large files are left out. */
    public static void read(Path folder, Reader reader) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            if (Files.size(file) > LARGEST) {
                continue;
            }
            byte[] bytes = Files.readAllBytes(file);
            List<byte[]> messages = starts(bytes, 0) ? split(bytes) : List.of(bytes);
            for (int i = 0; i < messages.size(); i++) {
                reader.take(messages.size() == 1 ? file.toString() : file + "#" + (i + 1), network(messages.get(i)));
            }
        }
    }

    private static boolean starts(byte[] bytes, int at) {
        for (int i = 0; i < FROM.length; i++) {
            if (at + i >= bytes.length || bytes[at + i] != FROM[i]) {
                return false;
            }
        }
        return true;
    }

    /** An mbox, or one message with such a first line. */
    private static List<byte[]> split(byte[] bytes) {
        List<byte[]> messages = new ArrayList<>();
        int start = afterLine(bytes, 0);
        for (int at = start; at < bytes.length; at = afterLine(bytes, at)) {
            boolean emptyBefore = at >= 2 && bytes[at - 1] == '\n' && (bytes[at - 2] == '\n' || bytes[at - 2] == '\r');
            if (emptyBefore && starts(bytes, at)) {
                messages.add(java.util.Arrays.copyOfRange(bytes, start, at));
                start = afterLine(bytes, at);
            }
        }
        messages.add(java.util.Arrays.copyOfRange(bytes, Math.min(start, bytes.length), bytes.length));
        return messages;
    }

    private static int afterLine(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && bytes[at] != '\n') {
            at++;
        }
        return at + 1;
    }

    /** Line ends as on the wire, which is how the relay sees messages. */
    static byte[] network(byte[] message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(message.length + message.length / 30);
        byte last = 0;
        for (byte b : message) {
            if (b == '\n' && last != '\r') {
                out.write('\r');
            }
            out.write(b);
            last = b;
        }
        return out.toByteArray();
    }
}
