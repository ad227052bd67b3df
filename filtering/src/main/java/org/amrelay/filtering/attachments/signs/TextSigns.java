// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.attachments.signs;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** What a file of letters does: scripts, pages that build a file in the browser, pictures with scripts, RTF. Stateless. */
final class TextSigns {
    private TextSigns() {}

    static Set<String> of(byte[] bytes, String type) {
        Set<String> traits = new HashSet<>();
        String text = decode(bytes).toLowerCase(Locale.ROOT);
        if (type.equals("application/rtf") || text.startsWith("{\\rt")) {
            rtf(text, traits);
        }
        if (text.startsWith("#!")) {
            traits.add("executable");
        }
        boolean script = text.contains("<script") || text.contains("javascript:") || text.contains("onload=");
        if (script && text.contains("<svg")) {
            traits.add("svg-script");
        }
        if (script && buildsAFile(text)) {
            traits.add("html-smuggling");
        }
        if (text.contains("<hta:application")) {
            traits.add("executable");
        }
        if (text.startsWith("[internetshortcut]")) {
            traits.add("lnk");
        }
        return traits;
    }

    private static String decode(byte[] bytes) {
        boolean little = bytes.length > 3 && (bytes[0] & 0xff) == 0xff && (bytes[1] & 0xff) == 0xfe;
        return new String(bytes, little ? StandardCharsets.UTF_16LE : StandardCharsets.ISO_8859_1);
    }

    private static boolean buildsAFile(String text) {
        boolean made = text.contains("new blob")
                || text.contains("createobjecturl")
                || text.contains("mssaveoropenblob")
                || text.contains("mssaveblob")
                || text.contains("new file(")
                || text.contains("data:application/");
        boolean packed = text.contains("atob")
                || text.contains("uint8array")
                || text.contains("base64")
                || text.contains("fromcharcode");
        boolean saved = text.contains("download")
                || text.contains("mssave")
                || text.contains(".click(")
                || text.contains("location");
        return made && packed && saved;
    }

    private static void rtf(String text, Set<String> traits) {
        if (text.contains("\\objdata") || text.contains("\\objemb") || text.contains("\\objocx")) {
            traits.add("rtf-object");
        }
        if (text.contains("\\objautlink") || text.contains("\\objupdate")) {
            traits.add("rtf-auto-object");
        }
        if (text.contains("\\*\\template") && (text.contains("http") || text.contains("\\\\\\\\"))) {
            traits.add("external-template");
        }
        if (text.contains("ddeauto")) {
            traits.add("dde");
        }
    }
}
