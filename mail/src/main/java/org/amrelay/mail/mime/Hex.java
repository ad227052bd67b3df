// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.mime;

/** Two hexadecimal digits for an octet. Stateless. */
final class Hex {
    private Hex() {}

    static boolean isPair(int high, int low) {
        return digit(high) >= 0 && digit(low) >= 0;
    }

    static int pair(int high, int low) {
        return digit(high) << 4 | digit(low);
    }

    /** -1 when it is none. */
    static int digit(int c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        if (c >= 'A' && c <= 'F') {
            return c - 'A' + 10;
        }
        return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    }
}
