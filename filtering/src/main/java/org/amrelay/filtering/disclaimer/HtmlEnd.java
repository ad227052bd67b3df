// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.disclaimer;

import java.util.List;

/** Finds where the visible part of an HTML document ends, by what browsers skip: comments, scripts, styles. Stateless. */
final class HtmlEnd {
    private static final List<String> RAW = List.of("script", "style", "title", "textarea", "xmp", "template");

    private HtmlEnd() {}

    /** The place of the last end of the body; else of the document; else the end, but never within what is not shown. */
    static int of(String html) {
        int body = -1;
        int document = -1;
        int at = html.indexOf('<');
        while (at >= 0) {
            int next = at + 1;
            if (html.startsWith("<!--", at)) {
                next = behind(html, "-->", at + 4);
            } else if (isTag(html, at, "/body")) {
                body = at;
            } else if (isTag(html, at, "/html")) {
                document = at;
            } else {
                next = behindRaw(html, at);
            }
            if (next < 0) {
                break;
            }
            at = html.indexOf('<', next);
        }
        if (body >= 0) {
            return body;
        }
        return document >= 0 ? document : at >= 0 ? at : html.length();
    }

    private static int behindRaw(String html, int at) {
        for (String name : RAW) {
            if (isTag(html, at, name)) {
                int end = at + 1;
                do {
                    end = html.indexOf("</", end);
                    if (end < 0) {
                        return -1;
                    }
                    end += 2;
                } while (!html.regionMatches(true, end, name, 0, name.length()));
                return end;
            }
        }
        return at + 1;
    }

    private static int behind(String html, String sign, int from) {
        int found = html.indexOf(sign, from);
        return found < 0 ? -1 : found + sign.length();
    }

    private static boolean isTag(String html, int at, String name) {
        int end = at + 1 + name.length();
        return html.regionMatches(true, at + 1, name, 0, name.length())
                && (end >= html.length() || !Character.isLetterOrDigit(html.charAt(end)));
    }
}
