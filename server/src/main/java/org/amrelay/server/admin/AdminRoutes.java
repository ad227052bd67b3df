// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.amrelay.server.quarantine.QuarantineDesk;

/**
 * The pages of the admin server: which path and method is which {@link Operations} call.
 *
 * <p>Safe for several threads.
 */
public final class AdminRoutes {
    /** The pages for recipients; all that a proxy should let through. */
    static final String RECIPIENTS = "quarantine";

    private static final int PAGE = 100;

    private final Operations operations;
    private final Runnable stop;
    private final Optional<RecipientPages> pages;

    /** @param stop begins the relay's stop and returns at once */
    public AdminRoutes(Operations operations, Runnable stop) {
        this(operations, stop, Optional.empty());
    }

    /** The same with pages for recipients. @param desk what they decide with */
    public AdminRoutes(Operations operations, Runnable stop, Optional<QuarantineDesk> desk) {
        this.operations = operations;
        this.stop = stop;
        this.pages = desk.map(RecipientPages::new);
    }

    /** Whether such a host may ask for that path, besides the relay's own names, which may ask for all. */
    boolean isOpenTo(String host, List<String> path) {
        return path.get(0).equals(RECIPIENTS)
                && pages.flatMap(RecipientPages::publicHost)
                        .filter(host::equalsIgnoreCase)
                        .isPresent();
    }

    AdminAnswer answer(AdminRequest request) {
        List<String> path = request.path();
        return switch (path.get(0)) {
            case "api" -> path.size() > 1 ? api(request, path.get(1)) : nothingHere();
            case "health" -> health(path);
            case RECIPIENTS -> pages.flatMap(all -> all.answer(request)).orElseGet(AdminRoutes::nothingHere);
            case "" -> file("index.html", "text/html");
            case "console.js" -> file("console.js", "text/javascript");
            case "console.css" -> file("console.css", "text/css");
            default -> nothingHere();
        };
    }

    private AdminAnswer api(AdminRequest request, String what) {
        String shape = request.method() + " " + what + " " + (request.path().size() - 2);
        return switch (shape) {
            case "GET status 0" -> AdminAnswer.json(operations.status());
            case "GET audit 0" -> AdminAnswer.json(operations.audit());
            case "GET trace 0" ->
                AdminAnswer.json(operations.trace(
                        request.parameter("of")
                                .orElseThrow(() -> new IllegalArgumentException("say of=… what to trace")),
                        (int) request.number("limit", PAGE)));
            case "GET queue 0" ->
                AdminAnswer.json(operations.queue(
                        request.question(), request.number("after", 0), (int) request.number("limit", PAGE)));
            case "POST queue 1" -> queue(request, request.path().get(2));
            case "GET sites 0" ->
                AdminAnswer.json(operations.sites(request.parameter("of").orElse("")));
            case "POST stop 0" ->
                AdminAnswer.json(Map.of("stopping", true)).withCode(202).then(stop);
            case "GET suppressions 0", "POST suppressions 0", "DELETE suppressions 1" -> suppressions(request);
            case "GET dmarc 0" ->
                AdminAnswer.json(operations
                        .dmarc()
                        .sources(request.parameter("domain").orElse(""), (int) request.number("days", 30), (int)
                                request.number("limit", PAGE)));
            case "GET dmarc 1" -> dmarcFailures(request);
            case "GET tls 0" ->
                AdminAnswer.json(operations.tlsReports(
                        request.parameter("domain").orElse(""), (int) request.number("days", 30), (int)
                                request.number("limit", PAGE)));
            default ->
                new SubmissionRoutes(operations.submission())
                        .answer(request, shape)
                        .or(() -> new ContainmentRoutes(operations.containment()).answer(request, shape))
                        .orElseGet(() -> other(request, what, shape));
        };
    }

    private AdminAnswer dmarcFailures(AdminRequest request) {
        return request.path().get(2).equals("failures")
                ? AdminAnswer.json(operations
                        .dmarc()
                        .failures(request.parameter("domain").orElse(""), (int) request.number("days", 30), (int)
                                request.number("limit", PAGE)))
                : nothingHere();
    }

    private AdminAnswer other(AdminRequest request, String what, String shape) {
        return switch (what) {
            case "domains", "accounts" -> names(request, shape);
            case "quarantine" ->
                new QuarantineRoutes(operations.quarantine()).answer(request).orElseGet(AdminRoutes::nothingHere);
            case "dkim" -> new DkimRoutes(operations.dkim()).answer(request).orElseGet(AdminRoutes::nothingHere);
            default -> nothingHere();
        };
    }

    private AdminAnswer queue(AdminRequest request, String word) {
        return switch (word) {
            case "impact" -> AdminAnswer.json(operations.impact(request.questionInBody()));
            case "undo" -> AdminAnswer.json(operations.undo());
            default -> AdminAnswer.json(operations.order(order(word), request.questionInBody()));
        };
    }

    private AdminAnswer suppressions(AdminRequest request) {
        SuppressionOperations list = operations.suppressions();
        String account = request.parameter("account").orElse("");
        return switch (request.method()) {
            case "GET" ->
                AdminAnswer.json(
                        list.list(account, request.parameter("address").orElse(""), request.number("after", 0), (int)
                                request.number("limit", PAGE)));
            case "POST" -> AdminAnswer.json(new Answers.Added(list.add(request.bodyList(Answers.Suppressed.class))));
            default -> done("removed", list.remove(account, request.path().get(2)), 200, 404);
        };
    }

    private AdminAnswer names(AdminRequest request, String shape) {
        String name = request.path().size() > 2 ? request.path().get(2) : "";
        return switch (shape) {
            case "GET domains 0" -> AdminAnswer.json(operations.domains());
            case "PUT domains 1" -> done("new", operations.addDomain(name), 201, 200);
            case "DELETE domains 1" -> done("removed", operations.removeDomain(name), 200, 404);
            case "GET accounts 0" ->
                AdminAnswer.json(operations.accounts(
                        request.parameter("after").orElse(""), (int) request.number("limit", PAGE)));
            case "PUT accounts 1" -> done("new", operations.addAccount(name, password(request)), 201, 409);
            case "POST accounts 1" -> done("changed", operations.changePassword(name, password(request)), 200, 404);
            case "DELETE accounts 1" -> done("removed", operations.removeAccount(name), 200, 404);
            default -> nothingHere();
        };
    }

    private static AdminAnswer done(String word, boolean yes, int codeForYes, int codeForNo) {
        return AdminAnswer.json(Map.of(word, yes)).withCode(yes ? codeForYes : codeForNo);
    }

    private static String password(AdminRequest request) {
        return request.field("password")
                .orElseThrow(() -> new IllegalArgumentException("the body has no \"password\""));
    }

    private static QueueOrder order(String word) {
        return Stream.of(QueueOrder.values())
                .filter(order -> order.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("'" + word + "' is not retry, hold, release, cancel or bounce"));
    }

    private AdminAnswer health(List<String> path) {
        String kind = path.size() == 2 ? path.get(1) : "";
        return switch (kind) {
            case "live" -> AdminAnswer.json(Map.of("live", true));
            case "ready" -> {
                boolean ready = operations.status().ready();
                yield AdminAnswer.json(Map.of("ready", ready)).withCode(ready ? 200 : 503);
            }
            default -> nothingHere();
        };
    }

    private static AdminAnswer nothingHere() {
        return AdminAnswer.error(404, "there is nothing here");
    }

    private static AdminAnswer file(String name, String type) {
        try (InputStream content = AdminRoutes.class.getResourceAsStream("console/" + name)) {
            return content == null ? nothingHere() : AdminAnswer.page(type, content.readAllBytes());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
