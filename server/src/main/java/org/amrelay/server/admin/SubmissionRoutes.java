// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pages about those who submit mail: which path and method is which {@link SubmissionOperations} call. */
final class SubmissionRoutes {
    private final SubmissionOperations operations;

    SubmissionRoutes(SubmissionOperations operations) {
        this.operations = operations;
    }

    /**
     * Empty when there is no such page.
     *
     * @param shape method, kind, and the number of names behind it
     */
    Optional<AdminAnswer> answer(AdminRequest request, String shape) {
        List<String> names = request.path().subList(2, request.path().size());
        return switch (shape) {
            case "GET identities 1" -> json(operations.identities(names.get(0)));
            case "PUT identities 2" -> done("new", operations.grantIdentity(names.get(0), names.get(1)), 201, 200);
            case "DELETE identities 2" ->
                done("removed", operations.revokeIdentity(names.get(0), names.get(1)), 200, 404);
            case "GET app-passwords 1" -> json(operations.appPasswords(names.get(0)));
            case "PUT app-passwords 2" -> newPassword(operations.addAppPassword(names.get(0), names.get(1)));
            case "DELETE app-passwords 2" ->
                done("removed", operations.removeAppPassword(names.get(0), names.get(1)), 200, 404);
            case "GET certificates 1" -> json(operations.certificates(names.get(0)));
            case "PUT certificates 2" ->
                done("new", operations.addCertificate(names.get(0), names.get(1), certificate(request)), 201, 409);
            case "DELETE certificates 2" ->
                done("removed", operations.removeCertificate(names.get(0), names.get(1)), 200, 404);
            case "GET bans 0" -> json(operations.bans());
            case "DELETE bans 1" -> done("removed", operations.liftBan(names.get(0)), 200, 404);
            default -> Optional.empty();
        };
    }

    private static Optional<AdminAnswer> newPassword(Optional<String> password) {
        return Optional.of(password.map(
                        secret -> AdminAnswer.json(Map.of("password", secret)).withCode(201))
                .orElseGet(() -> AdminAnswer.json(Map.of("new", false)).withCode(409)));
    }

    private static String certificate(AdminRequest request) {
        return request.field("certificate")
                .orElseThrow(() -> new IllegalArgumentException("the body has no \"certificate\""));
    }

    private static Optional<AdminAnswer> json(Object value) {
        return Optional.of(AdminAnswer.json(value));
    }

    private static Optional<AdminAnswer> done(String word, boolean yes, int codeForYes, int codeForNo) {
        return Optional.of(AdminAnswer.json(Map.of(word, yes)).withCode(yes ? codeForYes : codeForNo));
    }
}
