// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.mime;

/** A file in yEnc (yEnc draft 1.3): octets plus 42, with lines that start with {@code =y} around them, which are left out. */
final class YencDecoding extends Decoding {
    private enum State {
        LINE_START,
        TEXT,
        ESCAPE,
        ESCAPE_AT_START,
        CONTROL_LINE
    }

    private State state = State.LINE_START;
    private boolean ended;
    private int controlLength;

    @Override
    int feed(byte[] in, int from, int to, byte[] out) {
        int at = 0;
        for (int i = from; i < to; i++) {
            byte c = in[i];
            if (c == '\r' || c == '\n') {
                state = State.LINE_START;
                continue;
            }
            switch (state) {
                case CONTROL_LINE -> {
                    // "=yend"
                    ended |= controlLength++ == 0 && c == 'e';
                }
                case ESCAPE_AT_START, ESCAPE -> {
                    if (state == State.ESCAPE_AT_START && c == 'y') {
                        state = State.CONTROL_LINE;
                        controlLength = 0;
                    } else {
                        state = State.TEXT;
                        out[at++] = (byte) (c - 64 - 42);
                    }
                }
                case LINE_START, TEXT -> {
                    if (c == '=') {
                        state = state == State.LINE_START ? State.ESCAPE_AT_START : State.ESCAPE;
                    } else {
                        state = State.TEXT;
                        if (!ended) {
                            out[at++] = (byte) (c - 42);
                        }
                    }
                }
            }
        }
        return at;
    }

    @Override
    int end(byte[] out) {
        if (!ended) {
            damage();
        }
        return 0;
    }
}
