// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.assembly;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Sends a short mail in plain text. */
final class Smtp {
    private Smtp() {}

    /** The first reply that is not positive, or that to the final dot. */
    static String send(int port, String from, String to) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            String reply = reply(in);
            for (String command : List.of(
                    "EHLO test.example",
                    "MAIL FROM:<" + from + ">",
                    "RCPT TO:<" + to + ">",
                    "DATA",
                    "Subject: a test\r\n\r\nHello.\r\n.")) {
                if (reply.charAt(0) > '3') {
                    return reply;
                }
                socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
                reply = reply(in);
            }
            return reply;
        }
    }

    private static String reply(BufferedReader in) throws IOException {
        String line = in.readLine();
        while (line != null && line.length() > 3 && line.charAt(3) == '-') {
            line = in.readLine();
        }
        return String.valueOf(line);
    }
}
