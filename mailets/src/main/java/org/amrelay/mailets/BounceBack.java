// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.amrelay.delivery.dsn.NoticeTemplates;
import org.amrelay.james.Action;
import org.amrelay.james.RelayMailet;
import org.amrelay.mail.reply.EnhancedCode;
import org.amrelay.mail.reply.Reply;
import org.amrelay.mail.settings.Parameter;
import org.apache.mailet.Mail;

/**
 * Refuses the recipients for good and tells the sender so (RFC 3464), in the language that his mail names, unless the
 * sender is null or wants no notice.
 *
 * <p>Only for mail whose sender is known to be real; a notice to a forged sender is spam. Blocks on the disk.
 */
public final class BounceBack extends RelayMailet<BounceBack.Settings> {
    /** The parameters. */
    public record Settings(
            @Parameter(description = "enhanced status code that starts with 5", defaultsTo = "5.1.1")
            String status,

            @Parameter(description = "what people read as the reason", defaultsTo = "This address does not take mail")
            String text,

            @Parameter(
                    description = "name that signs the notice; the postmaster's domain when not set",
                    example = "relay.example.org")
            Optional<String> hostname) {
        /** A code that is not final would promise a retry. */
        public Settings {
            if (EnhancedCode.atStartOf(status).filter(code -> code.type() == 5).isEmpty()) {
                throw new IllegalArgumentException("'status': '" + status + "' is not a code such as 5.1.1");
            }
        }
    }

    private final Bouncing bouncing;

    /** Called by James. */
    @Inject
    public BounceBack(Clock clock, NoticeTemplates languages) {
        this.bouncing = new Bouncing(clock, languages, new SecureRandom());
    }

    @Override
    protected Action decide(Mail mail, Settings settings) throws MessagingException, IOException {
        String host = settings.hostname()
                .orElseGet(() -> getMailetContext().getPostmaster().getDomain().asString());
        Reply reply = Reply.of(550, settings.status(), settings.text());
        return bouncing.bounce(mail, getMailetContext(), host, reply, "BounceBack");
    }
}
