// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.text;

import java.util.Locale;

/** What is unusual in the way an address is written; honest mail has few of them. */
public enum Oddity {
    /** A name or password before the host, which people take for the host. */
    USER_INFO,
    /** The host is a number in dotted decimal or an IPv6 address. */
    IP_HOST,
    /** The host is a number in a form that people do not recognise: whole, octal, hexadecimal, or shortened. */
    DISGUISED_IP_HOST,
    /** The host has percent signs. */
    ENCODED_HOST,
    /** The host has letters beyond ASCII, or A-labels. */
    INTERNATIONAL_HOST,
    /** The host is no name that DNS has. */
    BROKEN_HOST,
    /** Backslashes, or more or fewer slashes than usual, which browsers forgive. */
    ODD_SLASHES,
    /** Line ends, tabs or invisible characters inside. */
    INVISIBLE_CHARACTERS,
    /** A port that is not the scheme's. */
    ODD_PORT,
    /** Letters or digits written in percent signs without need. */
    NEEDLESS_ENCODING,
    /** Another address inside of path or query: it may lead there. */
    EMBEDDED_ADDRESS;

    /** The name for people and rules, such as {@code user-info}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
