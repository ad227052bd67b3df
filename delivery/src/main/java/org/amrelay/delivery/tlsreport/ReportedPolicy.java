// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tlsreport;

import java.util.List;

/**
 * A policy that sessions were held to (RFC 8460 §4.2).
 *
 * @param text the policy's lines or the TLSA records, none without a policy
 * @param domain the recipients'
 * @param mxHosts the patterns of an MTA-STS policy
 */
public record ReportedPolicy(Kind kind, List<String> text, String domain, List<String> mxHosts) {
    /** Where it comes from. */
    public enum Kind {
        TLSA("tlsa"),
        STS("sts"),
        NONE("no-policy-found");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** As reports write it. */
        public String word() {
            return word;
        }
    }

    public ReportedPolicy {
        text = List.copyOf(text);
        mxHosts = List.copyOf(mxHosts);
    }

    public static ReportedPolicy none(String domain) {
        return new ReportedPolicy(Kind.NONE, List.of(), domain, List.of());
    }
}
