// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.html;

/** Text of a document as it is drawn: white space is one blank, a block is a line. For one thread. */
final class DrawnText {
    private final StringBuilder text = new StringBuilder();
    private boolean blank;

    void append(String written, boolean preformatted) {
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (preformatted && c == '\n') {
                line();
            } else if (c <= ' ' || c == '\u00a0') {
                blank = true;
            } else {
                if (blank && !text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
                    text.append(' ');
                }
                blank = false;
                text.append(c);
            }
        }
    }

    void line() {
        blank = false;
        if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
            text.append('\n');
        }
    }

    int length() {
        return text.length();
    }

    String from(int start) {
        return text.substring(Math.min(start, text.length())).strip();
    }

    @Override
    public String toString() {
        return text.toString().stripTrailing();
    }
}
