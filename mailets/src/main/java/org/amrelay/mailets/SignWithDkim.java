// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.amrelay.authentication.dkim.SignatureProvider;
import org.amrelay.authentication.keys.MessageSigner;
import org.amrelay.authentication.keys.SigningKeys;
import org.amrelay.authentication.keys.SigningResult;
import org.amrelay.james.Action;
import org.amrelay.james.RelayMailet;
import org.amrelay.mail.settings.Parameter;
import org.apache.mailet.Mail;

/**
 * Signs the message for its author's domain with every active DKIM key of it (RFC 6376, RFC 8463); without a key the mail
 * goes on unsigned.
 *
 * <p>Stands right before RelayDelivery, because whatever changes the message afterwards breaks the signature, and only
 * where the sender is known: for accounts and for the relay itself. Blocks on the disk.
 */
public final class SignWithDkim extends RelayMailet<SignWithDkim.Settings> {
    /** The parameters. */
    public record Settings(
            @Parameter(
                    description = "fields that nobody may add, change or take out; From must be among them",
                    defaultsTo = "from, to, cc, subject, date, message-id, reply-to, sender, in-reply-to, references,"
                            + " mime-version, content-type, content-transfer-encoding")
            List<String> oversigned,

            @Parameter(
                    description = "after what time verifiers refuse the signature; never when not set",
                    example = "30d")
            Optional<Duration> validity,

            @Parameter(
                    description = "PEM files with keys, as selector._domainkey.domain=file; besides those of amr dkim",
                    defaultsTo = "",
                    example = "s1._domainkey.example.org=/etc/dkim/example.org.pem")
            PemFiles keys) {
        /** A signature that does not cover the author is none (RFC 6376 §5.4). */
        public Settings {
            oversigned =
                    oversigned.stream().map(n -> n.toLowerCase(Locale.ROOT)).toList();
            if (!oversigned.contains("from")) {
                throw new IllegalArgumentException("'oversigned' leaves out From");
            }
        }
    }

    private final SigningKeys own;
    private final SignatureProvider provider;
    private final Clock clock;

    /** Called by James. */
    @Inject
    public SignWithDkim(SigningKeys own, SignatureProvider provider, Clock clock) {
        this.own = own;
        this.provider = provider;
        this.clock = clock;
    }

    @Override
    protected void start(Settings settings) throws MessagingException {
        try {
            settings.keys().open();
        } catch (IllegalArgumentException wrong) {
            throw new MessagingException(wrong.getMessage(), wrong);
        }
    }

    @Override
    protected Action decide(Mail mail, Settings settings) throws MessagingException, IOException {
        SigningKeys keys = settings.keys().besides(own);
        SigningResult result = new MessageSigner(keys, settings.oversigned(), settings.validity(), provider, clock)
                .sign(bytesOf(mail));
        return result instanceof SigningResult.Signed signed
                ? new Action.Remake(signed.content(), signed.reason())
                : new Action.Continue("is not signed: " + result.reason());
    }
}
