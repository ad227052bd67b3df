// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pages about contained accounts: which path and method is which {@link ContainmentOperations} call. */
final class ContainmentRoutes {
    private final ContainmentOperations operations;

    ContainmentRoutes(ContainmentOperations operations) {
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
            case "GET contained 0" -> Optional.of(AdminAnswer.json(operations.contained()));
            case "GET contained 1" -> Optional.of(AdminAnswer.json(operations.queued(names.get(0))));
            case "PUT contained 1" -> {
                boolean isNew = operations.contain(names.get(0));
                yield Optional.of(AdminAnswer.json(Map.of("new", isNew)).withCode(isNew ? 201 : 200));
            }
            case "POST contained 2" -> order(names.get(0), names.get(1));
            default -> Optional.empty();
        };
    }

    private Optional<AdminAnswer> order(String account, String word) {
        return switch (word) {
            case "release" -> Optional.of(AdminAnswer.json(operations.release(account)));
            case "recall" -> Optional.of(AdminAnswer.json(operations.recall(account)));
            default -> Optional.empty();
        };
    }
}
