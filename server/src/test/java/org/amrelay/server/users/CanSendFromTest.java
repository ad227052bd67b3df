// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.users;

import org.amrelay.server.TemporaryStorage;
import org.amrelay.storage.RelayStorage;
import org.apache.james.core.Domain;
import org.apache.james.core.Username;
import org.apache.james.rrt.api.CanSendFrom;
import org.apache.james.rrt.api.RecipientRewriteTableConfiguration;
import org.apache.james.rrt.lib.AliasReverseResolverImpl;
import org.apache.james.rrt.lib.CanSendFromContract;
import org.apache.james.rrt.lib.CanSendFromImpl;
import org.apache.james.rrt.lib.Mapping;
import org.apache.james.rrt.lib.MappingSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

class CanSendFromTest implements CanSendFromContract {
    @RegisterExtension
    final TemporaryStorage temporary = new TemporaryStorage();

    private RelayRewriteTable table;

    @BeforeEach
    void openTheTable(RelayStorage storage) throws Exception {
        Rewriting rewriting = Rewriting.on(storage);
        rewriting.domains().addDomain(DOMAIN);
        rewriting.domains().addDomain(OTHER_DOMAIN);
        table = rewriting.table();
        table.setConfiguration(RecipientRewriteTableConfiguration.DEFAULT_ENABLED);
    }

    @Override
    public CanSendFrom canSendFrom() {
        return new CanSendFromImpl(table, new AliasReverseResolverImpl(table));
    }

    @Override
    public void addAliasMapping(Username alias, Username user) throws Exception {
        table.addAliasMapping(MappingSource.fromUser(alias), user.asString());
    }

    @Override
    public void addDomainMapping(Domain alias, Domain domain, Mapping.Type type) throws Exception {
        if (type == Mapping.Type.Domain) {
            table.addDomainMapping(MappingSource.fromDomain(alias), domain);
        } else {
            table.addDomainAliasMapping(MappingSource.fromDomain(alias), domain);
        }
    }

    @Override
    public void addGroupMapping(String group, Username user) throws Exception {
        table.addGroupMapping(MappingSource.fromUser(Username.of(group)), user.asString());
    }
}
