// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.users;

import static org.assertj.core.api.Assertions.assertThat;

import org.amrelay.server.TemporaryStorage;
import org.amrelay.storage.RelayStorage;
import org.apache.james.core.Domain;
import org.apache.james.dnsservice.api.InMemoryDNSService;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.domainlist.lib.DomainListConfiguration;
import org.apache.james.domainlist.lib.DomainListContract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RelayDomainListTest implements DomainListContract {
    @RegisterExtension
    final TemporaryStorage temporary = new TemporaryStorage();

    private RelayDomainList domains;

    @BeforeEach
    void openTheDomains(RelayStorage storage) throws Exception {
        // Knows no host, so that a look-up would fail
        domains = new RelayDomainList(new InMemoryDNSService(), storage.domains());
        domains.configure(DomainListConfiguration.DEFAULT);
    }

    @Override
    public DomainList domainList() {
        return domains;
    }

    @Test
    void looksNothingUpEvenWhenToldTo() throws Exception {
        domains.configure(DomainListConfiguration.builder()
                .autoDetect(true)
                .autoDetectIp(true)
                .build());
        assertThat(domains.containsDomain(Domain.of("127.0.0.1"))).isFalse();
        assertThat(domains.getDomains()).containsExactly(Domain.LOCALHOST);
    }
}
