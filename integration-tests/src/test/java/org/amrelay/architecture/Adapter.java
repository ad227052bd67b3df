// SPDX-License-Identifier: Apache-2.0
package org.amrelay.architecture;

import java.lang.reflect.ParameterizedType;
import java.nio.file.Path;
import java.util.List;
import org.amrelay.james.RelayHook;
import org.amrelay.james.RelayMailet;
import org.amrelay.james.RelayMatcher;

/** A mailet, matcher or hook of ours with its settings, found among the compiled classes. */
record Adapter(Class<?> type, Class<? extends Record> settings, String kind) {
    private static final List<String> ROOMS = List.of("mailets", "matchers", "smtp", "server");

    /** All of them, by kind and name. */
    static List<Adapter> all() {
        return ROOMS.stream()
                .map(Checkout::classes)
                .flatMap(classes -> Checkout.files(
                                classes, file -> file.toString().endsWith(".class"))
                        .stream()
                        .map(file -> load(classes.relativize(file))))
                .flatMap(type -> List.of(
                        of(type, RelayMailet.class, "mailet"),
                        of(type, RelayMatcher.class, "matcher"),
                        of(type, RelayHook.class, "hook"))
                        .stream())
                .flatMap(List::stream)
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .toList();
    }

    String name() {
        return type.getSimpleName();
    }

    @SuppressWarnings("unchecked") // the bound of the base's type parameter
    private static List<Adapter> of(Class<?> type, Class<?> base, String kind) {
        return type.getSuperclass() == base
                ? List.of(new Adapter(
                        type,
                        (Class<? extends Record>)
                                ((ParameterizedType) type.getGenericSuperclass()).getActualTypeArguments()[0],
                        kind))
                : List.of();
    }

    private static Class<?> load(Path file) {
        String name = file.toString().replace('/', '.');
        try {
            return Class.forName(
                    name.substring(0, name.length() - ".class".length()), false, Adapter.class.getClassLoader());
        } catch (ClassNotFoundException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
