// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import java.util.List;
import java.util.Map;

/** {@link ContainmentOperations} asked of a running relay. */
final class RemoteContainment implements ContainmentOperations {
    private static final String PATH = "/api/contained";

    private final RemoteOperations relay;

    RemoteContainment(RemoteOperations relay) {
        this.relay = relay;
    }

    private static String path(String account) {
        return PATH + '/' + RemoteOperations.encoded(account);
    }

    @Override
    public List<Answers.Contained> contained() {
        return relay.list(PATH, Answers.Contained.class);
    }

    @Override
    public boolean contain(String account) {
        return relay.code("PUT", path(account), null) == 201;
    }

    @Override
    public Answers.Released release(String account) {
        return relay.post(path(account) + "/release", Map.of(), Answers.Released.class);
    }

    @Override
    public Answers.Impact queued(String account) {
        return relay.get(path(account), Answers.Impact.class);
    }

    @Override
    public Answers.Ordered recall(String account) {
        return relay.post(path(account) + "/recall", Map.of(), Answers.Ordered.class);
    }
}
