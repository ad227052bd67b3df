// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.mime;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which kind of text starts with these bytes, if it is text at all. Stateless. */
final class TextShape {
    private static final List<String> HTML_STARTS = List.of(
            "<!doctype html",
            "<html",
            "<head",
            "<body",
            "<script",
            "<iframe",
            "<table",
            "<div",
            "<meta",
            "<title",
            "<style",
            "<form",
            "<h1",
            "<center",
            "<font",
            "<a href",
            "<p>",
            "<br");
    private static final List<String> MESSAGE_FIELDS = List.of(
            "received:",
            "return-path:",
            "delivered-to:",
            "x-original-to:",
            "message-id:",
            "mime-version:",
            "from:",
            "date:",
            "subject:",
            "to:",
            "dkim-signature:",
            "arc-seal:",
            "authentication-results:",
            "reply-to:",
            "content-type:");

    private TextShape() {}

    /** Empty when it is no text. */
    static Optional<String> of(byte[] head, int length) {
        if (!isText(head, length)) {
            return Optional.empty();
        }
        String start = start(head, length);
        String lower = start.toLowerCase(Locale.ROOT).stripLeading();
        while (lower.startsWith("<!--") && lower.indexOf("-->") > 0) {
            lower = lower.substring(lower.indexOf("-->") + 3).stripLeading();
        }
        String trimmed = lower;
        if (trimmed.startsWith("<?xml")) {
            return Optional.of(
                    trimmed.contains("<svg") ? "image/svg+xml" : trimmed.contains("<html") ? "text/html" : "text/xml");
        }
        if (trimmed.startsWith("<svg")) {
            return Optional.of("image/svg+xml");
        }
        if (HTML_STARTS.stream().anyMatch(trimmed::startsWith)) {
            return Optional.of("text/html");
        }
        if (isMessage(start)) {
            return Optional.of("message/rfc822");
        }
        return Optional.of(special(trimmed));
    }

    private static String special(String text) {
        if (text.startsWith("begin:vcalendar")) {
            return "text/calendar";
        }
        if (text.startsWith("begin:vcard")) {
            return "text/vcard";
        }
        if (text.startsWith("%!ps")) {
            return "application/postscript";
        }
        if (text.startsWith("#!")) {
            return "text/x-shellscript";
        }
        if (text.startsWith("@echo off")) {
            return "application/x-bat";
        }
        if (text.startsWith("[internetshortcut]")) {
            return "application/x-mswinurl";
        }
        return text.startsWith("-----begin pgp ") ? "application/pgp-encrypted" : "text/plain";
    }

    /** No NUL and few control characters; text in UTF-16 with its mark counts too. */
    static boolean isText(byte[] head, int length) {
        if (isSixteenBits(head, length)) {
            return true;
        }
        int controls = 0;
        for (int i = 0; i < length; i++) {
            int c = head[i] & 0xff;
            if (c == 0) {
                return false;
            }
            if (c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1b) {
                controls++;
            }
        }
        return controls * 50 <= length;
    }

    private static boolean isSixteenBits(byte[] head, int length) {
        return length >= 2
                && (head[0] == (byte) 0xff && head[1] == (byte) 0xfe
                        || head[0] == (byte) 0xfe && head[1] == (byte) 0xff);
    }

    private static String start(byte[] head, int length) {
        if (isSixteenBits(head, length)) {
            boolean little = head[0] == (byte) 0xff;
            return new String(head, 2, length - 2, little ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE);
        }
        boolean marked = length >= 3 && head[0] == (byte) 0xef && head[1] == (byte) 0xbb && head[2] == (byte) 0xbf;
        int from = marked ? 3 : 0;
        return new String(head, from, length - from, StandardCharsets.ISO_8859_1);
    }

    /** Whether it starts with fields of a header, two of which every message has or every server writes. */
    static boolean isMessage(String start) {
        int known = 0;
        int at = start.startsWith("From ") ? start.indexOf('\n') + 1 : 0;
        for (int lines = 0; at < start.length() && lines < 60; lines++) {
            int end = start.indexOf('\n', at);
            String line = start.substring(at, end < 0 ? start.length() : end).stripTrailing();
            boolean goesOn = !line.isEmpty() && lines > 0 && (line.charAt(0) == ' ' || line.charAt(0) == '\t');
            if (!goesOn && !isField(line)) {
                return known >= 2 && line.isEmpty();
            }
            String lower = line.toLowerCase(Locale.ROOT);
            known += MESSAGE_FIELDS.stream().anyMatch(lower::startsWith) ? 1 : 0;
            if (end < 0) {
                break;
            }
            at = end + 1;
        }
        return known >= 2;
    }

    private static boolean isField(String line) {
        int colon = line.indexOf(':');
        return colon > 0 && colon < 80 && line.chars().limit(colon).allMatch(c -> c > ' ' && c < 0x7f);
    }
}
