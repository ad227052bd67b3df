// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.mime;

/**
 * Quoted-printable as mail programs read it (RFC 2045 §6.7): small hexadecimal digits, soft breaks with blanks behind them and
 * with bare line ends are taken, an equals sign that means nothing stays.
 */
final class QuotedPrintableDecoding extends Decoding {
    private enum State {
        TEXT,
        EQUALS,
        DIGIT,
        BLANKS,
        CR
    }

    private static final int MOST_BLANKS = 512;

    private final byte[] blanks = new byte[MOST_BLANKS];
    private int blankCount;
    private State state = State.TEXT;
    private byte digit;
    private byte[] out = {};
    private int at;

    @Override
    int feed(byte[] in, int from, int to, byte[] target) {
        out = target;
        at = 0;
        for (int i = from; i < to; i++) {
            byte c = in[i];
            if (state == State.TEXT) {
                text(c);
            } else {
                escaped(c);
            }
        }
        return at;
    }

    private void text(byte c) {
        if (c == '=') {
            blanksCount();
            state = State.EQUALS;
        } else if (c == ' ' || c == '\t') {
            if (blankCount == MOST_BLANKS) {
                blanksCount();
            }
            blanks[blankCount++] = c;
        } else {
            if (c == '\r' || c == '\n') {
                // Blanks at the end of a line are from the transport (§6.7 rule 3)
                blankCount = 0;
            } else {
                blanksCount();
            }
            out[at++] = c;
        }
    }

    private void blanksCount() {
        System.arraycopy(blanks, 0, out, at, blankCount);
        at += blankCount;
        blankCount = 0;
    }

    private void escaped(byte c) {
        switch (state) {
            case EQUALS -> afterEquals(c);
            case DIGIT -> afterDigit(c);
            case BLANKS -> afterBlanks(c);
            case CR -> {
                state = State.TEXT;
                if (c != '\n') {
                    text(c);
                }
            }
            case TEXT -> text(c);
        }
    }

    private void afterEquals(byte c) {
        if (Hex.digit(c) >= 0) {
            digit = c;
            state = State.DIGIT;
        } else if (c == '\n') {
            state = State.TEXT;
        } else if (c == '\r') {
            state = State.CR;
        } else if (c == ' ' || c == '\t') {
            blanks[blankCount++] = c;
            state = State.BLANKS;
        } else {
            damage();
            out[at++] = '=';
            state = State.TEXT;
            text(c);
        }
    }

    private void afterDigit(byte c) {
        state = State.TEXT;
        if (Hex.digit(c) >= 0) {
            out[at++] = (byte) Hex.pair(digit, c);
        } else {
            damage();
            out[at++] = '=';
            out[at++] = digit;
            text(c);
        }
    }

    /** A soft break with blanks behind it, or blanks behind an equals sign that means nothing. */
    private void afterBlanks(byte c) {
        if ((c == ' ' || c == '\t') && blankCount < MOST_BLANKS) {
            blanks[blankCount++] = c;
            return;
        }
        if (c == '\r' || c == '\n') {
            blankCount = 0;
            state = c == '\r' ? State.CR : State.TEXT;
            return;
        }
        damage();
        out[at++] = '=';
        blanksCount();
        state = State.TEXT;
        text(c);
    }

    @Override
    int end(byte[] target) {
        out = target;
        at = 0;
        if (state == State.DIGIT) {
            damage();
            out[at++] = '=';
            out[at++] = digit;
        }
        // A soft break at the end joins the last line to nothing
        if (state == State.TEXT) {
            blanksCount();
        }
        state = State.TEXT;
        return at;
    }

    /** An equals sign may come late, and the blanks before it. */
    @Override
    int most(int length) {
        return length + MOST_BLANKS + 3;
    }
}
