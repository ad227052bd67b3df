// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import java.io.IOException;
import java.util.Optional;
import javax.mail.MessagingException;
import org.amrelay.delivery.sevenbit.SevenBitContent;
import org.amrelay.james.Action;
import org.amrelay.james.MailContent;
import org.amrelay.james.RelayMailet;
import org.apache.mailet.Mail;

/**
 * Encodes parts with octets beyond ASCII, so that no later server has to (RFC 6152 §3); stands before what signs.
 *
 * <p>Parts that are signed or encrypted already stay as they are. Without it the relay converts on its way out, for servers
 * that need it, which breaks a DKIM signature. Blocks on the disk.
 */
public final class ConvertToSevenBits extends RelayMailet<ConvertToSevenBits.Settings> {
    /** No parameters. */
    public record Settings() {}

    @Override
    protected Action decide(Mail mail, Settings settings) throws MessagingException, IOException {
        Optional<SevenBitContent> converted = SevenBitContent.of(MailContent.of(mail));
        if (converted.isEmpty()) {
            return new Action.Continue("seven bits already");
        }
        MailContent.replace(mail, converted.get());
        return new Action.Continue("converted to seven bits");
    }
}
