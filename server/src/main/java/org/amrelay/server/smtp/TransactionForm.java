// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.smtp.SMTPSession;

/** What a transaction has become besides its envelope; RSET and all that ends it forget it. */
enum TransactionForm {
    /** MAIL had SMTPUTF8: addresses and header may be in UTF-8 (RFC 6531 §3.4). */
    UTF8,
    /** A first chunk has come by BDAT: no recipients are added any more, and DATA is out of place (RFC 3030 §2). */
    CHUNKS;

    private final AttachmentKey<Boolean> key = AttachmentKey.of("org.amrelay.transaction." + name(), Boolean.class);

    void set(SMTPSession session) {
        session.setAttachment(key, true, State.Transaction);
    }

    boolean is(SMTPSession session) {
        return session.getAttachment(key, State.Transaction).orElse(false);
    }
}
