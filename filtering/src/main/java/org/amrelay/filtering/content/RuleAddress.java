// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.amrelay.mail.address.DomainPattern;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.ReversePath;

/** Addresses as rules name them. Immutable. */
sealed interface RuleAddress {
    String GROUP = "group:";

    boolean matches(EmailAddress address);

    record One(EmailAddress address) implements RuleAddress {
        @Override
        public boolean matches(EmailAddress other) {
            return address.toString().equalsIgnoreCase(other.toString());
        }
    }

    record InDomain(DomainPattern domain) implements RuleAddress {
        @Override
        public boolean matches(EmailAddress address) {
            return domain.matches(address.domain());
        }
    }

    /** The null sender. */
    record Nobody() implements RuleAddress {
        @Override
        public boolean matches(EmailAddress address) {
            return false;
        }
    }

    static boolean anyMatches(List<RuleAddress> patterns, EmailAddress address) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(address));
    }

    static boolean anyMatches(List<RuleAddress> patterns, ReversePath sender) {
        return sender.address().isPresent()
                ? anyMatches(patterns, sender.address().get())
                : patterns.stream().anyMatch(Nobody.class::isInstance);
    }

    /**
     * What is written, with the members of groups in their place.
     *
     * @throws IllegalArgumentException with a sentence when there is no such group
     */
    static List<RuleAddress> of(List<WrittenAddress> written, Map<String, List<RuleAddress>> groups) {
        List<RuleAddress> all = new ArrayList<>();
        for (WrittenAddress each : written) {
            String text = each.text();
            if (text.startsWith(GROUP)) {
                List<RuleAddress> members = groups.get(text.substring(GROUP.length()));
                if (members == null) {
                    throw new IllegalArgumentException("there is no group '" + text.substring(GROUP.length())
                            + "'; write it under 'groups:' at the top of the file");
                }
                all.addAll(members);
            } else {
                all.add(one(text));
            }
        }
        return List.copyOf(all);
    }

    private static RuleAddress one(String text) {
        if (text.equals("<>")) {
            return new Nobody();
        }
        return text.startsWith("@")
                ? new InDomain(DomainPattern.of(text.substring(1)))
                : new One(EmailAddress.of(text));
    }
}
