// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.route;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.amrelay.delivery.route.RouteFile.RouteSettings;
import org.amrelay.delivery.route.RouteTarget.Following;
import org.amrelay.mail.settings.InvalidSettingsException;
import org.amrelay.mail.settings.YamlSettings;

/**
 * Makes a {@link RouteBook} from the text of {@code conf/routes.yaml}, or says everything that is wrong with it at once.
 *
 * <p>Reads the files and environment variables that routes name; those that are missing are mistakes too. Blocks on the
 * disk.
 */
public final class RouteBookReader {
    private static final long LARGEST = 10 << 20;

    private final RouteResources resources;
    private final List<String> mistakes = new ArrayList<>();

    private RouteBookReader(RouteResources resources) {
        this.resources = resources;
    }

    /**
     * Reads the text.
     *
     * @throws InvalidSettingsException with all mistakes, each with its line; no secret is in them
     */
    public static RouteBook read(String text, RouteResources resources) {
        RouteFile file = YamlSettings.read(RouteFile.class, text, resources.environment());
        return new RouteBookReader(resources).book(file.routes());
    }

    /**
     * Reads the file; one that is not there has no routes.
     *
     * @throws InvalidSettingsException with all mistakes
     * @throws IOException when it cannot be read
     */
    public static RouteBook read(Path file, RouteResources resources) throws IOException {
        if (!Files.exists(file)) {
            return RouteBook.empty();
        }
        if (Files.size(file) > LARGEST) {
            throw new InvalidSettingsException(List.of("is larger than 10 MB"));
        }
        return read(Files.readString(file), resources);
    }

    private RouteBook book(List<RouteSettings> written) {
        Map<String, RouteSettings> byName = new LinkedHashMap<>();
        List<Route> routes = new ArrayList<>();
        TargetReader targets = new TargetReader(resources);
        for (RouteSettings settings : written) {
            checkName(settings, byName);
            routes.add(new Route(
                    settings.name(),
                    settings.when(),
                    settings.unless(),
                    settings.byNameOnly(),
                    targets.read(settings, mistakes),
                    settings.retry()));
        }
        for (Route route : routes) {
            checkFollowing(route, routes, byName);
        }
        checkReach(routes, byName);
        if (!mistakes.isEmpty()) {
            throw new InvalidSettingsException(mistakes);
        }
        return new RouteBook(routes);
    }

    private void checkName(RouteSettings settings, Map<String, RouteSettings> byName) {
        String name = settings.name();
        boolean legal = !name.isEmpty()
                && name.length() <= 64
                && name.chars()
                        .allMatch(c ->
                                (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.');
        if (!legal) {
            mistakes.add(
                    settings.line().says("'name': '" + name + "' is not 1 to 64 of a to z, 0 to 9, '-', '_' and '.'"));
        } else if (TargetReader.KINDS.contains(name)) {
            mistakes.add(settings.line().says("'name': '" + name + "' is a kind of target, call the route otherwise"));
        }
        RouteSettings earlier = byName.putIfAbsent(name, settings);
        if (earlier != null) {
            mistakes.add(settings.line()
                    .says("route '" + name + "' is there already, in line "
                            + earlier.line().number()));
        }
    }

    private void checkFollowing(Route route, List<Route> routes, Map<String, RouteSettings> byName) {
        Set<String> seen = new HashSet<>(Set.of(route.name()));
        RouteTarget target = route.target();
        while (target instanceof Following following) {
            Optional<Route> next = routes.stream()
                    .filter(other -> other.name().equals(following.route()))
                    .findFirst();
            if (next.isEmpty()) {
                reportUnknown(route, following, byName);
                return;
            }
            if (!seen.add(following.route())) {
                RouteSettings settings = byName.get(route.name());
                if (settings != null) {
                    mistakes.add(settings.line().says("route '" + route.name() + "' leads in a circle"));
                }
                return;
            }
            target = next.get().target();
        }
    }

    private void reportUnknown(Route route, Following following, Map<String, RouteSettings> byName) {
        RouteSettings settings = byName.get(route.name());
        if (settings != null && route.target().equals(following)) {
            mistakes.add(settings.line()
                    .says("'to': '" + following.route() + "' is none of " + String.join(", ", TargetReader.KINDS)
                            + ", and no route has that name"));
        }
    }

    /** A route below one that takes everything would never see mail. */
    private void checkReach(List<Route> routes, Map<String, RouteSettings> byName) {
        Optional<Route> taker = Optional.empty();
        for (Route route : routes) {
            RouteSettings settings = byName.get(route.name());
            if (taker.isPresent() && !route.byNameOnly() && settings != null) {
                mistakes.add(settings.line()
                        .says("route '" + route.name() + "' never gets mail, as '"
                                + taker.get().name() + "' above takes everything"));
            } else if (taker.isEmpty() && route.takesEverything()) {
                taker = Optional.of(route);
            }
        }
    }
}
