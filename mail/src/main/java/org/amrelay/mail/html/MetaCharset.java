// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.html;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The charset that an HTML document names itself (HTML §13.2.3.2). Stateless. */
public final class MetaCharset {
    private static final int LOOKED_AT = 1024;

    private MetaCharset() {}

    /** The name as written; empty when the start of the document has none. */
    public static String of(byte[] html) {
        String start = new String(html, 0, Math.min(html.length, LOOKED_AT), StandardCharsets.ISO_8859_1)
                .toLowerCase(Locale.ROOT);
        int meta = start.indexOf("<meta");
        int at = meta < 0 ? -1 : start.indexOf("charset", meta);
        int equals = at < 0 ? -1 : start.indexOf('=', at);
        if (equals < 0) {
            return "";
        }
        int from = equals + 1;
        while (from < start.length() && " \"'\t".indexOf(start.charAt(from)) >= 0) {
            from++;
        }
        int to = from;
        while (to < start.length() && " \"'\t;/>".indexOf(start.charAt(to)) < 0) {
            to++;
        }
        return start.substring(from, to);
    }
}
