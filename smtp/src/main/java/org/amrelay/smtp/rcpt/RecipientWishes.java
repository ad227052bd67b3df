// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.rcpt;

import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.james.core.MailAddress;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.mailet.DsnParameters.RecipientDsnParameters;

/** What the sender wants to hear about each recipient of the mail now being given; one for each transaction. */
public final class RecipientWishes {
    private static final AttachmentKey<RecipientWishes> KEY =
            AttachmentKey.of("org.amrelay.recipientWishes", RecipientWishes.class);

    private final Map<MailAddress, RecipientDsnParameters> wishes = new LinkedHashMap<>();

    private RecipientWishes() {}

    /** Those of the current transaction. */
    public static RecipientWishes of(SMTPSession session) {
        return session.getAttachment(KEY, State.Transaction).orElseGet(() -> {
            RecipientWishes none = new RecipientWishes();
            session.setAttachment(KEY, none, State.Transaction);
            return none;
        });
    }

    /** The first wish for a recipient counts. */
    void add(MailAddress recipient, RecipientDsnParameters wish) {
        wishes.putIfAbsent(recipient, wish);
    }

    /** A copy. */
    public ImmutableMap<MailAddress, RecipientDsnParameters> asMap() {
        return ImmutableMap.copyOf(wishes);
    }
}
