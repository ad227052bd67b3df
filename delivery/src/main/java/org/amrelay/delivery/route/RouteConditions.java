// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.route;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.settings.DataSize;
import org.amrelay.mail.settings.Parameter;

/**
 * Which mail a route is for: every condition that is given must hold, and in a list of values one is enough.
 *
 * <p>Immutable; without any condition it holds for all mail.
 */
public record RouteConditions(
        @Parameter(
                description = "recipients as domain, *.domain, or address with * and ?",
                example = "example.org, *.example.org, news-*@example.net")
        List<AddressPattern> recipients,

        @Parameter(description = "envelope senders, written like recipients; <> is the null sender", example = "<>")
        List<AddressPattern> senders,

        @Parameter(description = "accounts that submitted the mail, with * and ?", example = "shop@example.org")
        List<Glob> accounts,

        @Parameter(description = "header fields by name, each with * and ? or a comparison such as >= 5")
        Map<String, ValuePattern> headers,

        @Parameter(description = "attributes of the mail by name, written like headers")
        Map<String, ValuePattern> attributes,

        @Parameter(description = "messages above this size", example = "10MB")
        Optional<DataSize> largerThan,

        @Parameter(description = "messages below this size", example = "1MB")
        Optional<DataSize> smallerThan,

        @Parameter(description = "ports of this relay that the mail came in on", example = "2587", min = 1, max = 65535)
        List<Integer> ports) {

    boolean hold(MailTraits mail, EmailAddress recipient) {
        return (recipients.isEmpty() || recipients.stream().anyMatch(pattern -> pattern.matches(recipient)))
                && (senders.isEmpty() || senders.stream().anyMatch(pattern -> pattern.matches(mail.sender())))
                && (accounts.isEmpty() || anyMatches(mail.account()))
                && headers.entrySet().stream()
                        .allMatch(
                                header -> mail.header(header.getKey()).stream().anyMatch(header.getValue()::matches))
                && attributes.entrySet().stream()
                        .allMatch(attribute -> Optional.ofNullable(
                                        mail.attributes().get(attribute.getKey()))
                                .filter(attribute.getValue()::matches)
                                .isPresent())
                && largerThan.map(size -> mail.size() > size.bytes()).orElse(true)
                && smallerThan.map(size -> mail.size() < size.bytes()).orElse(true)
                && (ports.isEmpty() || mail.port().filter(ports::contains).isPresent());
    }

    private boolean anyMatches(Optional<String> account) {
        return account.isPresent() && accounts.stream().anyMatch(glob -> glob.matches(account.get()));
    }

    boolean areNone() {
        return recipients.isEmpty()
                && senders.isEmpty()
                && accounts.isEmpty()
                && headers.isEmpty()
                && attributes.isEmpty()
                && largerThan.isEmpty()
                && smallerThan.isEmpty()
                && ports.isEmpty();
    }
}
