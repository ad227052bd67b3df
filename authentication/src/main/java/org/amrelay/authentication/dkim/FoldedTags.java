// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.dkim;

/**
 * Writes a header field of tags in lines of at most 78 characters (RFC 5322 §2.1.1).
 *
 * <p>For one thread and one field.
 */
public final class FoldedTags {
    private static final int LINE = 76;

    private final StringBuilder text;
    private int lineStart;

    public FoldedTags(String name) {
        this.text = new StringBuilder(name).append(':');
    }

    /** Adds a tag, on the next line when it does not fit. */
    public FoldedTags tag(String name, String value) {
        String tag = name + '=' + value;
        if (text.length() - lineStart + tag.length() + 2 > LINE) {
            fold();
        } else {
            text.append(' ');
        }
        text.append(tag).append(';');
        return this;
    }

    /** Adds a tag with a list, which may go on in the next line behind each colon. */
    public FoldedTags list(String name, Iterable<String> values) {
        fold();
        text.append(name).append('=');
        String colon = "";
        for (String value : values) {
            text.append(colon);
            if (text.length() - lineStart + value.length() + 1 > LINE) {
                fold();
            }
            text.append(value);
            colon = ":";
        }
        text.append(';');
        return this;
    }

    /** The field with an empty last tag {@code b=}: what is signed. */
    public String unsigned() {
        return text + "\r\n\tb=";
    }

    /** The field with its signature, which may be cut anywhere. */
    public String signed(String signature) {
        StringBuilder result = new StringBuilder(unsigned());
        for (int i = 0; i < signature.length(); i += LINE - 4) {
            result.append(i == 0 ? "" : "\r\n\t ").append(signature, i, Math.min(signature.length(), i + LINE - 4));
        }
        return result.toString();
    }

    private void fold() {
        text.append("\r\n\t");
        lineStart = text.length();
    }
}
