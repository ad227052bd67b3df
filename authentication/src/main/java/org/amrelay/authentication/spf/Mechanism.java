// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.spf;

import java.util.Optional;

/** A question about the client (RFC 7208 §5). */
sealed interface Mechanism {
    /** §5.1. */
    record All() implements Mechanism {}

    /** §5.2. */
    record Include(MacroString target) implements Mechanism {}

    /** §5.3; without target, the current domain. */
    record Addresses(Optional<MacroString> target, int prefix4, int prefix6) implements Mechanism {}

    /** §5.4; without target, the current domain. */
    record Exchangers(Optional<MacroString> target, int prefix4, int prefix6) implements Mechanism {}

    /** §5.5; without target, the current domain. */
    record Pointer(Optional<MacroString> target) implements Mechanism {}

    /** §5.6, IPv4 and IPv6. */
    record Listed(IpNetwork network) implements Mechanism {}

    /** §5.7. */
    record Exists(MacroString target) implements Mechanism {}
}
