// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@link DkimOperations} asked of a running relay. */
final class RemoteDkimOperations implements DkimOperations {
    private final RemoteOperations relay;

    RemoteDkimOperations(RemoteOperations relay) {
        this.relay = relay;
    }

    private static String path(String domain) {
        return "/api/dkim/" + RemoteOperations.encoded(domain);
    }

    @Override
    public List<DkimAnswers.Key> list(String domain) {
        return relay.list(
                "GET", "/api/dkim?domain=" + RemoteOperations.encoded(domain), Optional.empty(), DkimAnswers.Key.class);
    }

    @Override
    public List<DkimAnswers.Key> generate(String domain, Optional<String> selector, String algorithms) {
        Map<String, String> body = new HashMap<>(Map.of("algorithms", algorithms));
        selector.ifPresent(name -> body.put("selector", name));
        return relay.list("POST", path(domain) + "/generate", Optional.of(body), DkimAnswers.Key.class);
    }

    @Override
    public List<DkimAnswers.Key> rotate(String domain) {
        return relay.list("POST", path(domain) + "/rotate", Optional.of(Map.of()), DkimAnswers.Key.class);
    }

    @Override
    public boolean remove(String domain, String selector) {
        return relay.code("DELETE", path(domain) + "/" + RemoteOperations.encoded(selector), null) == 200;
    }

    @Override
    public List<DkimAnswers.Published> dns(String domain, Optional<String> zone) {
        Map<String, String> body = new HashMap<>();
        zone.ifPresent(text -> body.put("zone", text));
        return relay.list("POST", path(domain) + "/dns", Optional.of(body), DkimAnswers.Published.class);
    }
}
