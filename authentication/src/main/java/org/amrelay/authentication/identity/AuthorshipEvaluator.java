// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.identity;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.amrelay.authentication.syntax.Parsed;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.mail.message.HeaderField;
import org.amrelay.mail.message.HeaderSection;
import org.amrelay.mail.reply.Reply;

/**
 * Decides whether an account may send under the names of a mail (RFC 6409 §6.1, docs/decisions/0090).
 *
 * <p>The envelope sender, each address of From and the one of Sender must be the account's. A header without From says
 * nothing false and passes. Safe for several threads.
 */
public final class AuthorshipEvaluator {
    private static final int LONGEST_SHOWN = 100;

    private final AccountIdentities identities;

    public AuthorshipEvaluator(AccountIdentities identities) {
        this.identities = identities;
    }

    /** The envelope sender; the null sender passes here, see {@link #message}. */
    public AuthorshipResult sender(String account, ReversePath sender) {
        return sender.address()
                .filter(address -> !identities.mayUse(account, address))
                .map(address -> refused(553, account, address, "as envelope sender"))
                .orElseGet(AuthorshipResult::own);
    }

    /**
     * The message.
     *
     * @param sender of the envelope; the null sender is for a receipt (RFC 8098 §3), which goes to one recipient
     */
    public AuthorshipResult message(String account, ReversePath sender, HeaderSection header, int recipients) {
        if (sender.isNull() && recipients > 1) {
            return new AuthorshipResult.Foreign(
                    Reply.of(550, "5.7.1", "the empty sender is for a receipt to one recipient; give your own address"),
                    account + " used the null sender for " + recipients + " recipients");
        }
        if (!header.isWhole()) {
            return unreadable(account, "header too long to check");
        }
        return field(account, header, "From", Integer.MAX_VALUE)
                .or(() -> field(account, header, "Sender", 1))
                .orElseGet(AuthorshipResult::own);
    }

    /** Empty when there is nothing against the field. */
    private Optional<AuthorshipResult> field(String account, HeaderSection header, String name, int most) {
        List<HeaderField> fields = header.named(name);
        if (fields.isEmpty()) {
            return Optional.empty();
        }
        if (fields.size() > 1) {
            return Optional.of(unreadable(account, "more than one " + name + " field"));
        }
        String text = new String(fields.get(0).body().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        Parsed<List<EmailAddress>> parsed = MailboxList.parse(text);
        return parsed.<Optional<AuthorshipResult>>fold(
                addresses -> addresses.size() > most
                        ? Optional.of(unreadable(account, "more than one address in " + name))
                        : addresses.stream()
                                .filter(address -> !identities.mayUse(account, address))
                                .findFirst()
                                .map(address -> refused(550, account, address, "in " + name)),
                why -> Optional.of(unreadable(account, why + " in " + name)));
    }

    private static AuthorshipResult refused(int code, String account, EmailAddress address, String where) {
        String reply = shown(account) + " may not send as " + shown(address.toString()) + ' ' + where
                + "; use your own address, or have the administrator grant this one to your account";
        return new AuthorshipResult.Foreign(Reply.of(code, "5.7.1", reply), account + " used " + address + ' ' + where);
    }

    private static AuthorshipResult unreadable(String account, String why) {
        return new AuthorshipResult.Foreign(
                Reply.of(550, "5.7.1", why + "; write one From field with your own address"),
                account + " sent a message with " + why);
    }

    /** A reply line has a limit (RFC 5321 §4.5.3.1.5) and is ASCII. */
    private static String shown(String text) {
        boolean ascii = text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
        return ascii && text.length() <= LONGEST_SHOWN ? text : "that address";
    }
}
