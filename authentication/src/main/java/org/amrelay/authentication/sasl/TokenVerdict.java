// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.sasl;

/** What a bearer token says. Immutable. */
public sealed interface TokenVerdict {
    /** It is good, and for that account. */
    record Accepted(String account) implements TokenVerdict {}

    /** It is not good, or for nobody here. */
    record Refused(String cause) implements TokenVerdict {}

    /** Nobody can tell now. */
    record Unknown(String cause) implements TokenVerdict {}
}
