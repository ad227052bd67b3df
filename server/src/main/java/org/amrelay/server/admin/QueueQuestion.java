// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which deliveries are meant; all given conditions must hold, and a delivery or a mail alone is enough.
 *
 * @param delivery its id
 * @param mail name of the mail
 * @param nextHop {@code mx:domain} or {@code host:name:port}
 * @param sender part of the address
 * @param recipient part of the address
 * @param held only held ones, or only others
 */
public record QueueQuestion(
        OptionalLong delivery,
        Optional<String> mail,
        Optional<String> nextHop,
        Optional<String> sender,
        Optional<String> recipient,
        Optional<Boolean> held) {
    /** Everything that waits. */
    public static QueueQuestion all() {
        return new QueueQuestion(
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** One delivery when the word is a number, else all deliveries of the mail with that name. */
    public static QueueQuestion of(String deliveryOrMail) {
        boolean isId = !deliveryOrMail.isEmpty()
                && deliveryOrMail.length() <= 18
                && deliveryOrMail.chars().allMatch(c -> c >= '0' && c <= '9');
        return new QueueQuestion(
                isId ? OptionalLong.of(Long.parseLong(deliveryOrMail)) : OptionalLong.empty(),
                isId ? Optional.empty() : Optional.of(deliveryOrMail),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
