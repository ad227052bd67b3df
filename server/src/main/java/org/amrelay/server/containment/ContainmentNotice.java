// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.containment;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.amrelay.authentication.containment.Contained;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.mail.envelope.Envelope;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.storage.mail.Origin;
import org.amrelay.storage.mail.StoredMail;

/** The mail that tells the postmaster of a contained account: what, why, and what to do. */
final class ContainmentNotice {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, d MMM yyyy HH:mm:ss '+0000'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private ContainmentNotice() {}

    /**
     * The notice, with the null sender (RFC 3834 §3.3), so that nobody answers it.
     *
     * @param held how many deliveries wait
     */
    static StoredMail of(Contained account, long held, String host, EmailAddress to, Instant now) {
        String name = "containment-" + account.since().toEpochMilli() + "-"
                + Integer.toHexString(account.account().hashCode());
        String subject = isPlain(account.account())
                ? "The mail of " + account.account() + " is held"
                : "The mail of an account is held";
        String text = text(account, held);
        String message = "From: Active Mail Relay <postmaster@" + host + ">\r\n"
                + "To: " + to + "\r\n"
                + "Subject: " + subject + "\r\n"
                + "Date: " + DATE.format(now) + "\r\n"
                + "Message-ID: <" + name + "@" + host + ">\r\n"
                + "Auto-Submitted: auto-generated\r\n"
                + "MIME-Version: 1.0\r\n"
                + "Content-Type: text/plain; charset=utf-8\r\n"
                + "Content-Transfer-Encoding: " + (isPlain(text) ? "7bit" : "8bit") + "\r\n\r\n"
                + text;
        return new StoredMail(
                name,
                Envelope.of(ReversePath.nullSender(), List.of(EnvelopeRecipient.of(to))),
                MessageContent.of(message.getBytes(StandardCharsets.UTF_8)),
                "root",
                Optional.empty(),
                Map.of(),
                Origin.within(),
                now);
    }

    private static String text(Contained account, long held) {
        String name = account.account();
        String reasons = "  " + account.reason().replace("; ", "\r\n  ");
        String mail = account.mail().isEmpty() ? "" : "It began with mail " + account.mail() + ".\r\n";
        return """
                The account %s is contained since %s, by %s:

                %s

                %s%d deliveries wait now. What the account sends from now on is accepted and held.

                Is it the account's own mail? Let all of it go, and let the relay learn from it:
                  amr account release %s
                Was the password stolen? Change it, take back what is still here, then let the account go on:
                  amr account password %s
                  amr account recall %s
                  amr account release %s
                To see what waits:
                  amr queue list --account %s
                """.replace("\n", "\r\n").formatted(
                name, account.since().toString(), account.by(), reasons, mail, held, name, name, name, name, name);
    }

    private static boolean isPlain(String text) {
        return text.chars().allMatch(c -> c < 127 && (c >= ' ' || c == '\r' || c == '\n'));
    }
}
