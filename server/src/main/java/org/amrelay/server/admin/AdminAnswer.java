// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import java.util.List;
import java.util.Map;

/**
 * What the admin server sends back. The body is not copied.
 *
 * @param afterwards done once the answer is on its way
 */
record AdminAnswer(int code, String type, byte[] body, List<Runnable> afterwards) {
    private static final Json JSON = new Json();

    static AdminAnswer json(Object value) {
        return new AdminAnswer(200, "application/json", JSON.bytes(value), List.of());
    }

    static AdminAnswer error(int code, String sentence) {
        return new AdminAnswer(code, "application/json", JSON.bytes(Map.of("error", sentence)), List.of());
    }

    static AdminAnswer page(String type, byte[] content) {
        return new AdminAnswer(200, type + "; charset=utf-8", content, List.of());
    }

    /** A file to keep, which no browser shows. */
    static AdminAnswer download(String name, byte[] content) {
        return new AdminAnswer(200, "application/octet-stream; name=\"" + name + "\"", content, List.of());
    }

    AdminAnswer withCode(int other) {
        return new AdminAnswer(other, type, body, afterwards);
    }

    AdminAnswer then(Runnable work) {
        return new AdminAnswer(code, type, body, List.of(work));
    }
}
