// SPDX-License-Identifier: Apache-2.0
package org.amrelay.extensions;

import javax.inject.Inject;
import javax.mail.MessagingException;
import org.amrelay.james.Addresses;
import org.amrelay.james.KeptBack;
import org.amrelay.james.MailQuarantine;
import org.amrelay.mail.address.EmailAddress;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.mailrepository.api.MailRepositoryPath;
import org.apache.james.mailrepository.api.MailRepositoryStore;
import org.apache.james.mailrepository.api.MailRepositoryUrl;
import org.apache.james.mailrepository.api.Protocol;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Mail;

/**
 * Keeps mail in the repository {@code var/mail/quarantine} of a stock James, which releases it with its own means
 * (reprocessing) and knows neither expiry nor digests.
 */
final class RepositoryQuarantine implements MailQuarantine {
    private static final Protocol FILE = new Protocol("file");
    private static final MailRepositoryPath PATH = MailRepositoryPath.from("var/mail/quarantine");

    private final MailRepositoryStore repositories;

    @Inject
    RepositoryQuarantine(MailRepositoryStore repositories) {
        this.repositories = repositories;
    }

    @Override
    public void keep(Mail mail, KeptBack how) throws MessagingException {
        MailImpl copy = MailImpl.duplicate(mail);
        try {
            copy.setName(mail.getName() + "-" + how.reason().kind());
            copy.setErrorMessage(how.reason().toString());
            copy.setRecipients(
                    how.recipients().stream().map(RepositoryQuarantine::toJames).toList());
            repositories
                    .select(MailRepositoryUrl.fromPathAndProtocol(
                            repositories.defaultProtocol().orElse(FILE), PATH))
                    .store(copy);
        } catch (MailRepositoryStore.MailRepositoryStoreException closed) {
            throw new MessagingException(mail.getName() + " cannot be kept now", closed);
        } finally {
            LifecycleUtil.dispose(copy);
        }
    }

    private static org.apache.james.core.MailAddress toJames(EmailAddress address) {
        try {
            return Addresses.toJames(address);
        } catch (javax.mail.internet.AddressException impossible) {
            throw new IllegalStateException("this came from James: " + address, impossible);
        }
    }
}
