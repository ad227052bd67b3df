// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.rcpt;

import java.util.Set;
import javax.inject.Inject;
import org.amrelay.james.Addresses;
import org.amrelay.james.HookAnswer;
import org.amrelay.james.RelayHook;
import org.amrelay.mail.address.DomainPattern;
import org.amrelay.mail.reply.Reply;
import org.amrelay.mail.settings.Parameter;
import org.amrelay.smtp.DoesNotBlock;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.RcptHook;

/**
 * Takes mail from strangers only for our own domains and for those that we relay for.
 *
 * <p>A local part that holds {@code @}, {@code %} or {@code !} is a route to somewhere else in the eyes of some next
 * hops; a stranger may not use it even at our own domain. Safe for several sessions; the domains come from a cache.
 */
public final class RefuseRelaying extends RelayHook<RefuseRelaying.Settings> implements RcptHook, DoesNotBlock {
    public record Settings(
            @Parameter(
                    description = "domains that are not ours and for which we take mail from everybody",
                    defaultsTo = "")
            Set<DomainPattern> relayDomains) {}

    private static final Reply DENIED = Reply.of(550, "5.7.1", "relaying denied");

    private final DomainList domains;

    @Inject
    public RefuseRelaying(DomainList domains) {
        this.domains = domains;
    }

    @Override
    public HookResult doRcpt(SMTPSession session, MaybeSender sender, MailAddress recipient) {
        return answer(session, () -> {
            if (session.isRelayingAllowed()) {
                return HookAnswer.pass();
            }
            boolean routed =
                    Addresses.of(recipient).localPart().chars().anyMatch(c -> c == '@' || c == '%' || c == '!');
            boolean ours = domains.containsDomain(recipient.getDomain())
                    || DomainPattern.anyMatches(
                            settings().relayDomains(), recipient.getDomain().asString());
            return ours && !routed
                    ? HookAnswer.pass()
                    : HookAnswer.refuse(DENIED, Addresses.of(recipient).toString());
        });
    }
}
