// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.mime;

/**
 * One parameter as written, which may be a section of a longer one (RFC 2231 §3). Immutable.
 *
 * @param name without the marks of RFC 2231, in lower case
 * @param section its number; -1 when it is whole
 * @param extended whether it is percent-encoded (RFC 2231 §4)
 */
record ParameterPiece(String name, int section, boolean extended, String value) {
    private static final int MOST_DIGITS = 3;

    static ParameterPiece of(String written, String value) {
        String name = written;
        boolean extended = name.endsWith("*");
        if (extended) {
            name = name.substring(0, name.length() - 1);
        }
        int star = name.lastIndexOf('*');
        if (star < 0) {
            return new ParameterPiece(name, -1, extended, value);
        }
        String number = name.substring(star + 1);
        boolean isNumber = !number.isEmpty()
                && number.length() <= MOST_DIGITS
                && number.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber
                ? new ParameterPiece(name.substring(0, star), Integer.parseInt(number), extended, value)
                : new ParameterPiece(name, -1, extended, value);
    }
}
