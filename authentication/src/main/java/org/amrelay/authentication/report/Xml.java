// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.report;

/** Writes elements one after the other, with everything escaped and nothing that XML cannot hold. For one thread. */
final class Xml {
    private static final int MOST_TEXT = 255;

    private final StringBuilder out = new StringBuilder();

    Xml element(String name, String text) {
        out.append('<').append(name).append('>');
        text.codePoints().limit(MOST_TEXT).forEach(this::escaped);
        out.append("</").append(name).append('>');
        return this;
    }

    Xml open(String name) {
        out.append('<').append(name).append('>');
        return this;
    }

    Xml close(String name) {
        out.append("</").append(name).append('>');
        return this;
    }

    /** XML that has been written already. */
    Xml raw(String xml) {
        out.append(xml);
        return this;
    }

    private void escaped(int c) {
        switch (c) {
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '&' -> out.append("&amp;");
            default -> {
                boolean isText = c >= ' ' && c != 0x7f && (c < 0xd800 || c > 0xdfff) && c != 0xfffe && c != 0xffff;
                out.appendCodePoint(isText ? c : '?');
            }
        }
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
