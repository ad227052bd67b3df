// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam.rules;

import java.util.Map;
import java.util.Optional;
import org.amrelay.filtering.spam.specimen.Specimen;

/** Questions about what the checks of the sender's identity found (RFC 8601). Stateless. */
final class OriginChecks {
    private OriginChecks() {}

    static Map<String, Check> all() {
        return Map.ofEntries(
                Map.entry("spf-fail", result("spf", "fail")),
                Map.entry("spf-softfail", result("spf", "softfail")),
                Map.entry("spf-none", result("spf", "none")),
                Map.entry("spf-pass", result("spf", "pass")),
                Map.entry("dkim-fail", result("dkim", "fail")),
                Map.entry("dkim-pass", OriginChecks::anyDkim),
                Map.entry("dmarc-fail", result("dmarc", "fail")),
                Map.entry("dmarc-pass", result("dmarc", "pass")),
                Map.entry("iprev-fail", result("iprev", "fail")),
                Map.entry("arc-pass", result("arc", "pass")),
                Map.entry(
                        "greeting-is-literal",
                        s -> Check.when(
                                s.origin().helo().startsWith("["), s.origin().helo())),
                Map.entry(
                        "greeting-without-dot",
                        s -> Check.when(
                                !s.origin().helo().isEmpty()
                                        && s.origin().helo().indexOf('.') < 0
                                        && s.origin().helo().indexOf(':') < 0,
                                s.origin().helo())));
    }

    private static Check result(String method, String wanted) {
        return specimen -> Check.when(specimen.origin().result(method).equals(wanted), "");
    }

    private static Optional<String> anyDkim(Specimen specimen) {
        return Check.when(
                specimen.origin()
                        .results()
                        .map(all -> all.of("dkim").stream()
                                .anyMatch(one -> one.result().equals("pass")))
                        .orElse(false),
                "");
    }
}
