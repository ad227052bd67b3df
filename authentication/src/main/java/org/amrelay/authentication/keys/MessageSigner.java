// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.keys;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.amrelay.authentication.dkim.DkimSigner;
import org.amrelay.authentication.dkim.OwnKey;
import org.amrelay.authentication.dkim.SignatureProvider;
import org.amrelay.authentication.dkim.SignedContent;
import org.amrelay.authentication.dmarc.AuthorDomains;
import org.amrelay.authentication.syntax.Parsed;
import org.amrelay.mail.message.HeaderField;
import org.amrelay.mail.message.HeaderSection;
import org.amrelay.mail.message.MessageContent;

/**
 * Signs messages with the keys of their author's domain, or of the nearest domain above it (relaxed alignment, RFC 9989
 * §4.4).
 *
 * <p>Safe for several threads.
 */
public final class MessageSigner {
    private final SigningKeys keys;
    private final List<String> oversigned;
    private final Optional<Duration> validity;
    private final SignatureProvider provider;
    private final InstantSource clock;

    /** @param oversigned names in lower case of fields that are signed once more than they occur */
    public MessageSigner(
            SigningKeys keys,
            List<String> oversigned,
            Optional<Duration> validity,
            SignatureProvider provider,
            InstantSource clock) {
        this.keys = keys;
        this.oversigned = List.copyOf(oversigned);
        this.validity = validity;
        this.provider = provider;
        this.clock = clock;
    }

    /** Signs, when there is a key; reads the message twice, which may block on the disk. */
    public SigningResult sign(MessageContent content) throws IOException {
        HeaderSection header = HeaderSection.read(content);
        Parsed<List<String>> authors = AuthorDomains.of(header);
        List<String> domains = authors.fold(found -> found, why -> List.<String>of());
        if (domains.size() != 1) {
            return new SigningResult.Unsigned(
                    authors.<String>fold(found -> "it has authors of several domains", why -> "its author: " + why));
        }
        List<OwnKey> own = nearest(domains.get(0));
        if (own.isEmpty()) {
            return new SigningResult.Unsigned("there is no key for " + domains.get(0));
        }
        DkimSigner signer =
                new DkimSigner(own.stream().map(OwnKey::signing).toList(), validity, clock, oversigned, provider);
        List<HeaderField> signatures = signer.sign(header, content);
        return new SigningResult.Signed(SignedContent.of(signatures, content, own), "signs with " + own);
    }

    private List<OwnKey> nearest(String author) {
        for (String domain = author; domain.indexOf('.') > 0; domain = domain.substring(domain.indexOf('.') + 1)) {
            List<OwnKey> own = keys.of(domain);
            if (!own.isEmpty()) {
                return own;
            }
        }
        return keys.of(author);
    }
}
