// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.repository;

import static org.assertj.core.api.Assertions.assertThat;

import org.amrelay.server.TemporaryStorage;
import org.amrelay.server.queue.OpenItems;
import org.apache.james.mailrepository.MailRepositoryUrlStoreContract;
import org.apache.james.mailrepository.api.MailRepositoryPath;
import org.apache.james.mailrepository.api.MailRepositoryUrl;
import org.apache.james.mailrepository.api.MailRepositoryUrlStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.RegisterExtension;

class RelayRepositoriesTest implements MailRepositoryUrlStoreContract {
    private static final MailRepositoryUrl QUARANTINE = MailRepositoryUrl.from("relay://var/mail/quarantine");

    @RegisterExtension
    final TemporaryStorage temporary = new TemporaryStorage();

    @RegisterExtension
    final ParameterResolver theStore = new ParameterResolver() {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == MailRepositoryUrlStore.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return repositories();
        }
    };

    private RelayRepositories repositories() {
        return new RelayRepositories(temporary.get().repositories(), new OpenItems());
    }

    @Test
    void findsNoRepositoryThatNobodySelected() {
        assertThat(repositories().get(QUARANTINE)).isEmpty();
    }

    @Test
    void findsASelectedRepositoryByItsPathAfterARestart() throws Exception {
        repositories().select(QUARANTINE);
        temporary.reopen();
        assertThat(repositories().getByPath(MailRepositoryPath.from("var/mail/quarantine")))
                .hasSize(1);
    }
}
