// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    private record NewPassword(String password) {}

    @Override
    public Optional<String> addAppPassword(String account, String name) {
        return relay.put(path("app-passwords", account, name), NewPassword.class)
                .map(NewPassword::password);
    }

    @Override
    public List<Answers.LogIn> appPasswords(String account) {
        return relay.list(path("app-passwords", account), Answers.LogIn.class);
    }

    @Override
    public boolean removeAppPassword(String account, String name) {
        return relay.code("DELETE", path("app-passwords", account, name), null) == 200;
    }

    @Override
    public boolean addCertificate(String account, String name, String pem) {
        return relay.code("PUT", path("certificates", account, name), Map.of("certificate", pem)) == 201;
    }

    @Override
    public List<Answers.LogIn> certificates(String account) {
        return relay.list(path("certificates", account), Answers.LogIn.class);
    }

    @Override
    public boolean removeCertificate(String account, String name) {
        return relay.code("DELETE", path("certificates", account, name), null) == 200;
    }

    @Override
    public List<Answers.Banned> bans() {
        return relay.list(path("bans"), Answers.Banned.class);
    }

    @Override
    public boolean liftBan(String network) {
        return relay.code("DELETE", path("bans", network), null) == 200;
    }
}
