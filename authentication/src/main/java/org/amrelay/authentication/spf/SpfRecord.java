// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.spf;

import java.util.List;
import java.util.Optional;

/** A published policy (RFC 7208 §4.6.1); unknown modifiers are left out (§6). */
record SpfRecord(List<Directive> directives, Optional<MacroString> redirect, Optional<MacroString> explanation) {
    SpfRecord {
        directives = List.copyOf(directives);
        // "all" always matches, so that nothing is left to redirect (RFC 7208 §5.1)
        redirect =
                directives.stream().anyMatch(d -> d.mechanism() instanceof Mechanism.All) ? Optional.empty() : redirect;
    }

    /** What to say when a mechanism matches; {@code text} is the directive as published. */
    record Directive(SpfResult.Status result, Mechanism mechanism, String text) {}
}
