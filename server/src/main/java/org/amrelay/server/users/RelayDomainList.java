// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.users;

import java.util.List;
import javax.inject.Inject;
import org.amrelay.storage.account.Domains;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.core.Domain;
import org.apache.james.dnsservice.api.DNSService;
import org.apache.james.domainlist.api.DomainListException;
import org.apache.james.domainlist.lib.AbstractDomainList;
import org.apache.james.domainlist.lib.DomainListConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * James' domain list on our domains.
 *
 * <p>A domain is local because it was added, never because DNS says so: {@code autodetect} and {@code autodetectIP}, which
 * cost look-ups for each recipient, are turned off with one warning. Safe for several threads; look-ups come from memory.
 */
public final class RelayDomainList extends AbstractDomainList {
    private static final Logger LOGGER = LoggerFactory.getLogger(RelayDomainList.class);

    private final Domains domains;

    @Inject
    public RelayDomainList(DNSService dns, Domains domains) {
        super(dns);
        this.domains = domains;
    }

    @Override
    public void configure(DomainListConfiguration asked) throws ConfigurationException {
        if (asked.isAutoDetect() || asked.isAutoDetectIp()) {
            LOGGER.warn("domainlist.xml: autodetect and autodetectIP have no effect, add the domains by name");
        }
        super.configure(DomainListConfiguration.builder()
                .autoDetect(false)
                .autoDetectIp(false)
                .defaultDomain(asked.getDefaultDomain())
                .addConfiguredDomains(asked.getConfiguredDomains())
                .build());
    }

    @Override
    public void addDomain(Domain domain) throws DomainListException {
        if (!domains.add(domain.asString())) {
            throw new DomainListException(domain.asString() + " already exists.");
        }
    }

    @Override
    protected List<Domain> getDomainListInternal() {
        return domains.all().stream().map(Domain::of).toList();
    }

    @Override
    protected boolean containsDomainInternal(Domain domain) {
        return domains.contains(domain.asString());
    }

    @Override
    protected void doRemoveDomain(Domain domain) throws DomainListException {
        if (!domains.remove(domain.asString())) {
            throw new DomainListException(domain.asString() + " was not found");
        }
    }
}
