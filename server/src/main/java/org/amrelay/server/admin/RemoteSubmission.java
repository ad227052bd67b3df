// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import java.util.List;

/** {@link SubmissionOperations} asked of a running relay. */
final class RemoteSubmission implements SubmissionOperations {
    private final RemoteOperations relay;

    RemoteSubmission(RemoteOperations relay) {
        this.relay = relay;
    }

    private static String path(String kind, String... names) {
        StringBuilder path = new StringBuilder("/api/" + kind);
        for (String name : names) {
            path.append('/').append(RemoteOperations.encoded(name));
        }
        return path.toString();
    }

    @Override
    public List<String> identities(String account) {
        return relay.list(path("identities", account), String.class);
    }

    @Override
    public boolean grantIdentity(String account, String identity) {
        return relay.code("PUT", path("identities", account, identity), null) == 201;
    }

    @Override
    public boolean revokeIdentity(String account, String identity) {
        return relay.code("DELETE", path("identities", account, identity), null) == 200;
    }
}
