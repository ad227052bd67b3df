// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.explain;

import java.util.List;
import java.util.Map;
import org.amrelay.storage.account.GrantedIdentities;

/** What accounts may send under, as it was in the home. */
record KnownIdentities(Map<String, List<String>> all) implements GrantedIdentities {
    @Override
    public boolean contains(String account, String identity) {
        return of(account).contains(identity);
    }

    @Override
    public List<String> of(String account) {
        return all.getOrDefault(account, List.of());
    }

    @Override
    public boolean add(String account, String identity) {
        throw new UnsupportedOperationException("an explanation changes nothing");
    }

    @Override
    public boolean remove(String account, String identity) {
        throw new UnsupportedOperationException("an explanation changes nothing");
    }
}
