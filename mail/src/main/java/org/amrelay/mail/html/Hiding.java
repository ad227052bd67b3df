// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.html;

import java.util.Locale;

/** A way to have text in mail that its reader does not see. */
public enum Hiding {
    DISPLAY_NONE,
    VISIBILITY,
    TRANSPARENT,
    TINY_FONT,
    SAME_COLOUR,
    OFF_SCREEN,
    NO_SPACE,
    HIDDEN_ATTRIBUTE,
    /** Elements that are never drawn, such as template and object parameters. */
    NOT_DRAWN;

    /** The name for people and rules, such as {@code display-none}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
