// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.bounce;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.amrelay.delivery.bounce.report.ReportMessage;
import org.amrelay.delivery.bounce.report.ReportPart.Kind;
import org.amrelay.delivery.json.BoundedJson;

/**
 * Finds what Amazon SES tells of a mail, as JSON: notifications, events of a configuration set, both alone, in the envelope
 * of Amazon SNS or in that of EventBridge, as the text of a mail or as its attachment.
 *
 * <p>Only text that begins with an object counts, so that people may quote one.
 *
 * @param type in lower case: bounce, complaint, deliverydelay, reject, delivery or another
 * @param event the whole
 */
record SesNotification(String type, Map<String, Object> event) {
    private static final int LONGEST_ID = 500;
    private static final int MOST = 1_000;
    /** How deep envelopes lie in each other. */
    private static final int DEEPEST = 3;

    static Optional<SesNotification> in(ReportMessage message) {
        return Stream.of(Kind.TEXT, Kind.JSON, Kind.HTML)
                .flatMap(kind -> message.of(kind).stream())
                .flatMap(part -> parse(part.text(), 0).stream())
                .findFirst();
    }

    private static Optional<SesNotification> parse(String text, int depth) {
        String json = text.strip();
        if (depth > DEEPEST || !json.startsWith("{") || json.indexOf('"') < 0) {
            return Optional.empty();
        }
        try {
            // A server that finds a line too long breaks it with a mark of its own
            return of(BoundedJson.object(json.replace("!\n ", "").getBytes(StandardCharsets.UTF_8)), depth);
        } catch (IOException other) {
            return Optional.empty();
        }
    }

    private static Optional<SesNotification> of(Map<String, Object> object, int depth) throws IOException {
        String type = BoundedJson.text(object, "notificationType") + BoundedJson.text(object, "eventType");
        if (!type.isEmpty() && object.get("mail") instanceof Map<?, ?>) {
            return Optional.of(new SesNotification(type.toLowerCase(Locale.ROOT).replace(" ", ""), object));
        }
        if (object.get("detail") instanceof Map<?, ?> && depth < DEEPEST) {
            return of(BoundedJson.member(object, "detail"), depth + 1);
        }
        return parse(BoundedJson.text(object, "Message"), depth + 1);
    }

    /** An object of the event; empty when it is missing. */
    Map<String, Object> about(String name) {
        return memberOf(event, name);
    }

    private static Map<String, Object> memberOf(Map<String, Object> object, String name) {
        try {
            return BoundedJson.member(object, name);
        } catch (IOException missing) {
            return Map.of();
        }
    }

    /** A list of objects; empty when it is missing. */
    static List<Map<String, Object>> list(Map<String, Object> object, String name) {
        try {
            return BoundedJson.members(object, name, MOST);
        } catch (IOException broken) {
            return List.of();
        }
    }

    /** The mail that it is about. */
    OriginalReference original() {
        Map<String, Object> mail = about("mail");
        Map<String, Object> header = memberOf(mail, "commonHeaders");
        Optional<String> id = list(mail, "headers").stream()
                .filter(field -> BoundedJson.text(field, "name").equalsIgnoreCase("message-id"))
                .map(field -> BoundedJson.text(field, "value").strip())
                .findFirst()
                .or(() -> Optional.of(BoundedJson.text(header, "messageId").strip()))
                .filter(value -> value.startsWith("<") && value.endsWith(">") && value.length() <= LONGEST_ID);
        List<String> from = addresses(BoundedJson.texts(header, "from"));
        return new OriginalReference(
                id,
                Optional.empty(),
                from.isEmpty() ? addresses(List.of(BoundedJson.text(mail, "source"))) : from,
                destinations());
    }

    /** To whom the mail went. */
    List<String> destinations() {
        return addresses(BoundedJson.texts(about("mail"), "destination"));
    }

    static List<String> addresses(List<String> texts) {
        List<String> found = new ArrayList<>();
        texts.stream().limit(MOST).forEach(text -> found.addAll(AddressScanner.addresses(text)));
        return found;
    }
}
