// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.home;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.amrelay.mailets.Gateway;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * What {@code conf/relay.yaml} and the environment say; the environment wins.
 *
 * <p>Immutable. An unknown name or a value that cannot be is a {@link StartRefused}; all mistakes of the file are in its
 * one line.
 *
 * @param values the value of every {@link Setting}, by its variable
 * @param routes the next hop of a domain ({@code host} or {@code host:port}), by lower-case domain; {@code *} for all others
 */
public record RelaySettings(Map<String, String> values, Map<String, String> routes) {
    private static final String ALL_OTHERS = "*";
    private static final String GATEWAY = "AMR_DELIVERY_GATEWAY";
    private static final String ROUTES = "routes" + YamlFile.LEVEL;

    public RelaySettings {
        values = Map.copyOf(values);
        routes = Map.copyOf(routes);
    }

    /** Reads the settings of a home. */
    public static RelaySettings read(Home home, Map<String, String> environment) {
        return read(home.conf(), environment, RelaySettings::nameOfTheMachine);
    }

    /**
     * Reads the settings in a directory.
     *
     * @param machine the name of the machine; asked for only when the settings have none
     */
    public static RelaySettings read(Path conf, Map<String, String> environment, Supplier<String> machine) {
        YamlFile file = YamlFile.read(conf.resolve("relay.yaml"));
        List<String> mistakes = new ArrayList<>();
        Map<String, String> written = new LinkedHashMap<>();
        Map<String, String> routes = new LinkedHashMap<>();
        file.values().forEach((place, entry) -> {
            String path = place.replace(YamlFile.LEVEL, ".");
            if (place.startsWith(ROUTES)) {
                String domain = place.substring(ROUTES.length()).toLowerCase(Locale.ROOT);
                routes.put(domain, entry.value());
                objectionToRoute(domain, entry).ifPresent(mistakes::add);
            } else if (Setting.at(path).isPresent()) {
                written.put(path, entry.value());
                Setting.at(path)
                        .flatMap(setting -> setting.objectionTo(entry.value()))
                        .ifPresent(objection -> mistakes.add("line " + entry.line() + ": " + path + " is '"
                                + entry.value() + "', but " + objection));
            } else if (!entry.value().isEmpty() || !path.equals("routes")) {
                mistakes.add(
                        "line " + entry.line() + ": '" + path + "' is unknown, did you mean '" + nearest(path) + "'?");
            }
        });
        if (!mistakes.isEmpty()) {
            mistakes.sort(Comparator.naturalOrder());
            throw new StartRefused(file.file() + " " + String.join("; ", mistakes));
        }
        Optional.ofNullable(environment.get(GATEWAY))
                .ifPresent(gateway -> routes.put(ALL_OTHERS, gatewayFromOutside(gateway)));
        return new RelaySettings(merge(written, environment, machine), routes);
    }

    private static String gatewayFromOutside(String gateway) {
        try {
            Gateway.of(gateway);
            return gateway;
        } catch (IllegalArgumentException wrong) {
            throw new StartRefused(
                    "environment variable " + GATEWAY + " is '" + gateway + "', which " + wrong.getMessage());
        }
    }

    private static Optional<String> objectionToRoute(String domain, YamlFile.Entry entry) {
        try {
            Gateway.of(entry.value());
            return Optional.empty();
        } catch (IllegalArgumentException wrong) {
            return Optional.of("line " + entry.line() + ": the route of " + domain + " is '" + entry.value()
                    + "', which " + wrong.getMessage());
        }
    }

    private static Map<String, String> merge(
            Map<String, String> written, Map<String, String> environment, Supplier<String> machine) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Setting setting : Setting.ALL) {
            Optional<String> outside = Optional.ofNullable(environment.get(setting.variable()));
            outside.flatMap(setting::objectionTo).ifPresent(objection -> {
                throw new StartRefused(
                        "environment variable " + setting.variable() + " is '" + outside.get() + "', but " + objection);
            });
            String value = outside.orElseGet(() -> written.getOrDefault(setting.path(), setting.defaultsTo()));
            values.put(setting.variable(), value);
        }
        values.computeIfPresent("AMR_HOSTNAME", (name, value) -> value.isEmpty() ? machine.get() : value);
        return values;
    }

    private static String nameOfTheMachine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }

    private static String nearest(String path) {
        LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
        return Setting.ALL.stream()
                .map(Setting::path)
                .min(Comparator.comparing(known -> distance.apply(known, path)))
                .orElse("hostname");
    }

    /** All values for {@code ${NAME:default}} in the XML files, the routes among them. */
    public Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>(values);
        String listed = routes.entrySet().stream()
                .filter(route -> !route.getKey().equals(ALL_OTHERS))
                .map(route -> route.getKey() + "=" + route.getValue())
                .sorted()
                .collect(Collectors.joining(", "));
        if (!listed.isEmpty()) {
            variables.put("AMR_ROUTES", listed);
        }
        if (routes.containsKey(ALL_OTHERS)) {
            variables.put(GATEWAY, routes.getOrDefault(ALL_OTHERS, "mx"));
        }
        return variables;
    }

    /** The value of a setting. */
    public String value(String variable) {
        String value = values.get(variable);
        if (value == null) {
            throw new IllegalArgumentException(variable + " is not a setting");
        }
        return value;
    }

    public String hostname() {
        return value("AMR_HOSTNAME");
    }

    public int port(String variable) {
        return Integer.parseInt(value(variable));
    }

    public int count(String variable) {
        return Integer.parseInt(value(variable));
    }

    public Path certificate(Home home) {
        return home.resolve(value("AMR_TLS_CERTIFICATE"));
    }

    public Path key(Home home) {
        return home.resolve(value("AMR_TLS_KEY"));
    }

    /** The file with the key that stored secrets are encrypted with. */
    public Path secretKey(Home home) {
        return home.resolve(value("AMR_SECRET_KEY_FILE"));
    }

    /** The same settings with other values for some variables; for the demo and for tests. */
    public RelaySettings with(Map<String, String> others) {
        Map<String, String> changed = new LinkedHashMap<>(values);
        changed.putAll(others);
        return new RelaySettings(changed, routes);
    }

    /** The same settings with one more route. */
    public RelaySettings withRoute(String domain, String nextHop) {
        Map<String, String> more = new LinkedHashMap<>(routes);
        more.put(domain, nextHop);
        return new RelaySettings(values, more);
    }
}
