// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.settings;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One parameter as its settings record declares it.
 *
 * <p>Immutable.
 *
 * @param name as written in the configuration
 * @param type of the component
 * @param description one sentence without a full stop
 * @param defaultsTo the text that applies when it is not set
 * @param formerly earlier names
 * @param required whether it must be set
 * @param example a value for reference pages
 */
public record Declaration(
        String name,
        Type type,
        String description,
        Optional<String> defaultsTo,
        List<String> formerly,
        boolean required,
        Optional<String> example) {
    public Declaration {
        formerly = List.copyOf(formerly);
    }

    /**
     * What a record declares, in the order of its components.
     *
     * @throws IllegalArgumentException when a component lacks its {@link Parameter}
     */
    public static List<Declaration> of(Class<? extends Record> settings) {
        return Arrays.stream(settings.getRecordComponents())
                .filter(component -> component.getType() != SourceLine.class)
                .map(Declaration::of)
                .toList();
    }

    /** The kind of value, in the words of the reference pages: {@code duration}, {@code list of text}. */
    public String kind() {
        return Values.kind(type);
    }

    private static Declaration of(RecordComponent component) {
        Parameter parameter = parameterOf(component);
        Optional<String> defaultsTo = present(parameter.defaultsTo());
        boolean optional = component.getType() == Optional.class;
        return new Declaration(
                component.getName(),
                component.getGenericType(),
                parameter.description(),
                defaultsTo,
                List.of(parameter.formerly()),
                defaultsTo.isEmpty() && !optional,
                present(parameter.example()));
    }

    static Parameter parameterOf(RecordComponent component) {
        Parameter parameter = component.getAnnotation(Parameter.class);
        if (parameter == null) {
            throw new IllegalArgumentException(
                    component.getDeclaringRecord().getName() + "." + component.getName() + " lacks @Parameter");
        }
        return parameter;
    }

    private static Optional<String> present(String text) {
        return text.equals(Parameter.NONE) ? Optional.empty() : Optional.of(text);
    }
}
