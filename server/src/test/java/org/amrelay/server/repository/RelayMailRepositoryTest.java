// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.repository;

import org.amrelay.server.TemporaryStorage;
import org.amrelay.server.queue.OpenItems;
import org.amrelay.storage.RelayStorage;
import org.apache.james.mailrepository.MailRepositoryContract;
import org.apache.james.mailrepository.api.MailRepository;
import org.apache.james.mailrepository.api.MailRepositoryPath;
import org.apache.james.mailrepository.api.MailRepositoryUrl;
import org.apache.james.mailrepository.api.Protocol;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

class RelayMailRepositoryTest implements MailRepositoryContract {
    @RegisterExtension
    final TemporaryStorage temporary = new TemporaryStorage();

    private RelayRepositories repositories;

    @BeforeEach
    void openTheRepositories(RelayStorage storage) {
        repositories = new RelayRepositories(storage.repositories(), new OpenItems());
    }

    @Override
    public MailRepository retrieveRepository() throws Exception {
        return retrieveRepository(MailRepositoryPath.from("var/mail/test"));
    }

    @Override
    public MailRepository retrieveRepository(MailRepositoryPath path) throws Exception {
        return repositories.select(MailRepositoryUrl.fromPathAndProtocol(new Protocol("relay"), path));
    }
}
