// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import java.io.UnsupportedEncodingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import javax.mail.internet.MimeUtility;
import org.amrelay.delivery.route.MailTraits;
import org.amrelay.delivery.route.RouteBook;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.Mail;

/** James' mail as routes look at it; only what some route asks for is read. */
public final class RoutingTraits {
    /** The port of the relay that the mail came in on, a whole number. */
    public static final AttributeName PORT = AttributeName.of("org.amrelay.port");

    private static final int LONGEST_VALUE = 10_000;

    private RoutingTraits() {}

    /** @throws MessagingException when the message cannot be read */
    public static MailTraits of(Mail mail, RouteBook routes) throws MessagingException {
        return new MailTraits(
                Addresses.of(mail.getMaybeSender()),
                MailEnvelope.account(mail),
                routes.isEmpty() ? 0 : mail.getMessageSize(),
                headers(mail, routes.headerNames()),
                attributes(mail, routes.attributeNames()),
                mail.getAttribute(PORT).flatMap(port -> port.getValue().valueAs(Integer.class)));
    }

    private static Map<String, List<String>> headers(Mail mail, Set<String> names) throws MessagingException {
        MimeMessage message = mail.getMessage();
        Map<String, List<String>> headers = new HashMap<>();
        if (message == null || names.isEmpty()) {
            return headers;
        }
        for (String name : names) {
            String[] values = message.getHeader(name);
            List<String> decoded = new ArrayList<>();
            for (String value : values == null ? new String[0] : values) {
                decoded.add(decoded(value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) : value));
            }
            headers.put(name, List.copyOf(decoded));
        }
        return headers;
    }

    private static String decoded(String value) {
        String unfolded = MimeUtility.unfold(value).strip();
        try {
            return MimeUtility.decodeText(unfolded);
        } catch (UnsupportedEncodingException unknown) {
            return unfolded;
        }
    }

    private static Map<String, String> attributes(Mail mail, Set<String> names) {
        Map<String, String> attributes = new HashMap<>();
        for (String name : names) {
            Optional<Attribute> attribute = mail.getAttribute(AttributeName.of(name));
            attribute.ifPresent(found ->
                    attributes.put(name, String.valueOf(found.getValue().value())));
        }
        return attributes;
    }
}
