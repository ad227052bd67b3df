// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.sevenbit;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;

/** Encodes the body of one part, line by line (RFC 2045 §6.7, §6.8). For one thread. */
abstract sealed class BodyEncoder {
    private static final String HEX = "0123456789ABCDEF";
    private static final int LONGEST_LINE = 76;

    final ByteArrayOutputStream out;

    private BodyEncoder(ByteArrayOutputStream out) {
        this.out = out;
    }

    static BodyEncoder of(Plan.Step step, ByteArrayOutputStream out) {
        return step == Plan.Step.BASE64 ? new InBase64(out) : new InQuotedPrintable(out);
    }

    abstract void text(byte[] bytes, int from, int to);

    abstract void lineEnd();

    /** Writes what is held back; the line end behind it is the caller's. */
    abstract void end();

    abstract boolean isAtLineStart();

    void crlf() {
        out.write('\r');
        out.write('\n');
    }

    private static final class InBase64 extends BodyEncoder {
        private final byte[] group = new byte[LONGEST_LINE / 4 * 3];
        private int held;
        private boolean begun;

        InBase64(ByteArrayOutputStream out) {
            super(out);
        }

        @Override
        void text(byte[] bytes, int from, int to) {
            for (int i = from; i < to; i++) {
                add(bytes[i]);
            }
        }

        @Override
        void lineEnd() {
            add((byte) '\r');
            add((byte) '\n');
        }

        private void add(byte b) {
            group[held++] = b;
            if (held == group.length) {
                write();
            }
        }

        private void write() {
            if (begun) {
                crlf();
            }
            begun = true;
            byte[] full = held == group.length ? group : Arrays.copyOf(group, held);
            out.writeBytes(Base64.getEncoder().encode(full));
            held = 0;
        }

        @Override
        boolean isAtLineStart() {
            return false;
        }

        @Override
        void end() {
            if (held > 0) {
                write();
            }
        }
    }

    private static final class InQuotedPrintable extends BodyEncoder {
        private int column;
        private boolean broken;
        /** White space that may turn out to end the line, or 0. */
        private byte space;

        InQuotedPrintable(ByteArrayOutputStream out) {
            super(out);
        }

        @Override
        void text(byte[] bytes, int from, int to) {
            for (int i = from; i < to; i++) {
                byte b = bytes[i];
                if (space != 0) {
                    plain(space);
                    space = 0;
                }
                if (b == ' ' || b == '\t') {
                    space = b;
                } else if (b > ' ' && b < 127 && b != '=' && !(b == '-' && column == 0 && broken)) {
                    plain(b);
                } else {
                    // Also a hyphen where a soft line break might make a delimiter of the text
                    escaped(b);
                }
            }
        }

        private void room(int octets) {
            if (column + octets > LONGEST_LINE - 1) {
                out.write('=');
                crlf();
                column = 0;
                broken = true;
            }
            column += octets;
        }

        private void plain(byte b) {
            if (b == '-' && column + 1 > LONGEST_LINE - 1) {
                escaped(b);
                return;
            }
            room(1);
            out.write(b);
        }

        private void escaped(byte b) {
            room(3);
            out.write('=');
            out.write(HEX.charAt((b >> 4) & 15));
            out.write(HEX.charAt(b & 15));
        }

        @Override
        void lineEnd() {
            end();
            crlf();
            column = 0;
            broken = false;
        }

        @Override
        boolean isAtLineStart() {
            return column == 0;
        }

        @Override
        void end() {
            if (space != 0) {
                escaped(space);
                space = 0;
            }
        }
    }
}
