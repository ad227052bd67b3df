// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import java.util.List;

/** {@link SuppressionOperations} asked of a running relay. */
record RemoteSuppressions(RemoteOperations relay) implements SuppressionOperations {
    @Override
    public List<Answers.Suppressed> list(String account, String part, long afterId, int limit) {
        return relay.list(
                "/api/suppressions?account=" + RemoteOperations.encoded(account) + "&address="
                        + RemoteOperations.encoded(part) + "&after=" + afterId + "&limit=" + limit,
                Answers.Suppressed.class);
    }

    @Override
    public int add(List<Answers.Suppressed> entries) {
        return relay.post("/api/suppressions", entries, Answers.Added.class).added();
    }

    @Override
    public boolean remove(String account, String address) {
        String path = "/api/suppressions/" + RemoteOperations.encoded(address) + "?account="
                + RemoteOperations.encoded(account);
        return relay.code("DELETE", path, null) == 200;
    }
}
