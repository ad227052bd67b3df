// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.assembly;

import java.util.List;
import java.util.Optional;
import org.amrelay.james.SentMail;
import org.amrelay.mail.address.EmailAddress;

/** Has sent nothing and notes nothing, for those who only rehearse. */
final class NothingSent implements SentMail {
    @Override
    public Optional<Sent> find(Optional<String> envelopeId, EmailAddress sender, List<EmailAddress> recipients) {
        return Optional.empty();
    }

    @Override
    public Optional<Sent> find(EmailAddress path) {
        return Optional.empty();
    }

    @Override
    public void note(String name, String kind, String text) {
        // nothing is kept
    }
}
