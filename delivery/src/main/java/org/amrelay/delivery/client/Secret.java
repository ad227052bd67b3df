// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import java.util.Arrays;
import java.util.Objects;

/** A password that never shows in logs and messages. Immutable. */
public final class Secret {
    private final char[] text;

    /** @throws IllegalArgumentException when it is empty, longer than 1,000 characters or holds a zero character */
    public Secret(String text) {
        if (text.isEmpty() || text.length() > 1000 || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("is empty, longer than 1000 characters or holds a zero character");
        }
        this.text = text.toCharArray();
    }

    /** For the wire only. */
    String reveal() {
        return new String(text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && Arrays.equals(text, secret.text);
    }

    @Override
    public int hashCode() {
        return Objects.hash(getClass());
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
