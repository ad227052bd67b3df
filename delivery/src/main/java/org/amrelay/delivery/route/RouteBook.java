// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.route;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.amrelay.delivery.route.RouteTarget.Following;
import org.amrelay.mail.address.EmailAddress;

/**
 * All routes in their order: the first one that is for a mail and a recipient decides.
 *
 * <p>{@link RouteBookReader} makes it from {@code conf/routes.yaml}. Immutable, looks nothing up.
 */
public final class RouteBook {
    private final Map<String, Route> routes;
    private final Set<String> headerNames;
    private final Set<String> attributeNames;

    /** @param routes with unique names; those that follow others name existing ones and never in a circle */
    RouteBook(List<Route> routes) {
        this.routes = routes.stream()
                .collect(Collectors.toMap(Route::name, Function.identity(), (a, b) -> a, LinkedHashMap::new));
        this.headerNames = names(conditions -> conditions.headers().keySet()).stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        this.attributeNames = names(conditions -> conditions.attributes().keySet());
    }

    /** Without any route. */
    public static RouteBook empty() {
        return new RouteBook(List.of());
    }

    private Set<String> names(Function<RouteConditions, Set<String>> of) {
        return routes.values().stream()
                .flatMap(route -> Stream.of(route.when(), route.unless()))
                .flatMap(Optional::stream)
                .flatMap(conditions -> of.apply(conditions).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The route that decides, with those followed that only point to another one; empty when none is for the mail. */
    public Optional<Route> decide(MailTraits mail, EmailAddress recipient) {
        for (Route route : routes.values()) {
            if (route.isFor(mail, recipient)) {
                return named(route.name());
            }
        }
        return Optional.empty();
    }

    /** The route of that name, or the one that it follows. */
    public Optional<Route> named(String name) {
        Route route = routes.get(name);
        for (int steps = 0; route != null && route.target() instanceof Following following; steps++) {
            route = steps > routes.size() ? null : routes.get(following.route());
        }
        return Optional.ofNullable(route);
    }

    public boolean isEmpty() {
        return routes.isEmpty();
    }

    /** Names of the header fields that conditions look at, lower case. */
    public Set<String> headerNames() {
        return headerNames;
    }

    /** Names of the mail attributes that conditions look at. */
    public Set<String> attributeNames() {
        return attributeNames;
    }

    /** Names of all routes, in order. */
    public List<String> names() {
        return List.copyOf(routes.keySet());
    }
}
