// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.syntax;

/** Leaves a parser from the inside; callers of parsers see {@link Parsed.Malformed} instead. */
public final class SyntaxException extends Exception {
    private static final long serialVersionUID = 1;

    public SyntaxException(String why) {
        // Text of strangers is refused often; nobody reads where in the parser
        super(why, null, false, false);
    }

    /** What is wrong, for the log and for {@code reason=} of results. */
    public String why() {
        return String.valueOf(getMessage());
    }
}
