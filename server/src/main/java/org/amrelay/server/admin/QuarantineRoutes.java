// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The pages {@code /api/quarantine} of the admin server. Safe for several threads. */
final class QuarantineRoutes {
    private static final int PAGE = 100;

    private final QuarantineOperations operations;

    QuarantineRoutes(QuarantineOperations operations) {
        this.operations = operations;
    }

    /** Empty when there is no such page. */
    Optional<AdminAnswer> answer(AdminRequest request) {
        List<String> below = request.path().subList(2, request.path().size());
        return switch (request.method() + " " + below.size()) {
            case "GET 0" ->
                Optional.of(AdminAnswer.json(operations.list(
                        QuarantineQuestion.from(request::parameter), request.number("beforeId", Long.MAX_VALUE), (int)
                                request.number("limit", PAGE))));
            case "GET 1" ->
                operations.find(QuarantineQuestion.number(below.get(0))).map(AdminAnswer::json);
            case "GET 2" -> look(QuarantineQuestion.number(below.get(0)), below.get(1));
            case "POST 1" -> order(request, below.get(0));
            default -> Optional.empty();
        };
    }

    private Optional<AdminAnswer> look(long id, String word) {
        return switch (word) {
            case "preview" -> operations.preview(id).map(AdminAnswer::json);
            // Never a type that a browser would show
            case "raw" -> operations.raw(id).map(bytes -> AdminAnswer.download("quarantine-" + id + ".eml", bytes));
            default -> Optional.empty();
        };
    }

    private Optional<AdminAnswer> order(AdminRequest request, String word) {
        QuarantineQuestion question = QuarantineQuestion.from(request::field);
        String by = request.field("by").orElse("");
        return switch (word) {
            case "amount" -> Optional.of(AdminAnswer.json(operations.amount(question)));
            case "release" -> Optional.of(AdminAnswer.json(operations.release(question, wanted(request, by))));
            case "delete" -> Optional.of(AdminAnswer.json(operations.delete(question, wanted(request, by))));
            case "report" ->
                Optional.of(AdminAnswer.json(
                        operations.report(question, request.field("as").orElse(""), by)));
            case "digest" ->
                Optional.of(
                        AdminAnswer.json(operations.digest(request.field("to").orElse(""))));
            default -> Optional.empty();
        };
    }

    private static QuarantineOperations.Order wanted(AdminRequest request, String by) {
        List<String> to = Stream.of(request.field("to").orElse("").split(",", -1))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
        return new QuarantineOperations.Order(to, isTrue(request, "restart"), isTrue(request, "insist"), by);
    }

    private static boolean isTrue(AdminRequest request, String name) {
        return request.field(name).filter("true"::equals).isPresent();
    }
}
