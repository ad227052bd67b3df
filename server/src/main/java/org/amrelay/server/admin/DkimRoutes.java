// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import java.util.Map;
import java.util.Optional;

/** The pages {@code /api/dkim} of the admin server. Safe for several threads. */
final class DkimRoutes {
    private final DkimOperations operations;

    DkimRoutes(DkimOperations operations) {
        this.operations = operations;
    }

    /** Empty when there is no such page. */
    Optional<AdminAnswer> answer(AdminRequest request) {
        int below = request.path().size() - 2;
        String domain = below > 0 ? request.path().get(2) : "";
        String last = below > 1 ? request.path().get(3) : "";
        String shape = request.method() + " " + below + " " + (request.method().equals("POST") ? last : "");
        return switch (shape) {
            case "GET 0 " ->
                Optional.of(AdminAnswer.json(
                        operations.list(request.parameter("domain").orElse(""))));
            case "POST 2 generate" ->
                Optional.of(AdminAnswer.json(operations.generate(
                                domain,
                                request.field("selector"),
                                request.field("algorithms").orElse("both")))
                        .withCode(201));
            case "POST 2 rotate" -> Optional.of(AdminAnswer.json(operations.rotate(domain)));
            case "POST 2 dns" -> Optional.of(AdminAnswer.json(operations.dns(domain, request.field("zone"))));
            case "DELETE 2 " -> {
                boolean removed = operations.remove(domain, last);
                yield Optional.of(AdminAnswer.json(Map.of("removed", removed)).withCode(removed ? 200 : 404));
            }
            default -> Optional.empty();
        };
    }
}
