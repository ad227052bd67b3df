// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Which deliveries are meant; all given conditions must hold, and a delivery or a mail alone is enough.
 *
 * @param delivery its id
 * @param mail name of the mail
 * @param nextHop {@code mx:domain} or {@code host:name:port}
 * @param sender part of the address; with {@code =} before it the whole address
 * @param recipient the same
 * @param held only held ones, or only others
 * @param domain of a recipient, whole
 * @param account that submitted the mail, whole
 * @param acceptedBefore only older ones
 * @param reply part of the last reply
 */
public record QueueQuestion(
        OptionalLong delivery,
        Optional<String> mail,
        Optional<String> nextHop,
        Optional<String> sender,
        Optional<String> recipient,
        Optional<Boolean> held,
        Optional<String> domain,
        Optional<String> account,
        Optional<Instant> acceptedBefore,
        Optional<String> reply) {
    /** Everything that waits. */
    public static QueueQuestion all() {
        return from(name -> Optional.empty());
    }

    /** One delivery when the word is a number, else all deliveries of the mail with that name. */
    public static QueueQuestion of(String deliveryOrMail) {
        String name = number(deliveryOrMail).isPresent() ? "delivery" : "mail";
        return from(asked -> asked.equals(name) ? Optional.of(deliveryOrMail) : Optional.empty());
    }

    private static OptionalLong number(String text) {
        boolean isId = !text.isEmpty() && text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return isId ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    /** Reads the conditions by their names. */
    static QueueQuestion from(Function<String, Optional<String>> source) {
        return new QueueQuestion(
                source.apply("delivery").map(QueueQuestion::number).orElse(OptionalLong.empty()),
                source.apply("mail"),
                source.apply("nextHop"),
                source.apply("sender"),
                source.apply("recipient"),
                source.apply("held").map(Boolean::parseBoolean),
                source.apply("domain"),
                source.apply("account"),
                source.apply("acceptedBefore").map(QueueQuestion::instant),
                source.apply("reply"));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException wrong) {
            throw new IllegalArgumentException("'" + text + "' is not a time like 2026-11-25T10:00:00Z", wrong);
        }
    }

    /** The conditions by their names. */
    Map<String, String> fields() {
        Map<String, String> fields = new HashMap<>();
        delivery.ifPresent(id -> fields.put("delivery", Long.toString(id)));
        mail.ifPresent(value -> fields.put("mail", value));
        nextHop.ifPresent(value -> fields.put("nextHop", value));
        sender.ifPresent(value -> fields.put("sender", value));
        recipient.ifPresent(value -> fields.put("recipient", value));
        held.ifPresent(value -> fields.put("held", value.toString()));
        domain.ifPresent(value -> fields.put("domain", value));
        account.ifPresent(value -> fields.put("account", value));
        acceptedBefore.ifPresent(value -> fields.put("acceptedBefore", value.toString()));
        reply.ifPresent(value -> fields.put("reply", value));
        return fields;
    }

    /** Whether it names one delivery or one mail. */
    public boolean namesOne() {
        return delivery.isPresent() || mail.isPresent();
    }
}
