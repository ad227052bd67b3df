// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.mail.MessagingException;
import org.amrelay.mail.settings.InvalidSettingsException;
import org.amrelay.mail.settings.ProcessorName;
import org.amrelay.mail.settings.SettingsReader;
import org.apache.commons.configuration2.Configuration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.mailet.MailetConfig;
import org.apache.mailet.MatcherConfig;
import org.apache.mailet.ProcessingState;
import org.jspecify.annotations.Nullable;

/** Fills settings records from James' three ways to write parameters down. */
final class Configured {
    /** James itself reads these beside a mailet's own parameters. */
    private static final Set<String> JAMES_OWN = Set.of("onMailetException", "onMatchException");

    private Configured() {}

    /** The record that a class names as type argument of its base. */
    @SuppressWarnings("unchecked") // the bound of the base's only type parameter says so
    static <S extends Record> Class<S> settingsOf(Class<?> adapter, Class<?> base) {
        Class<?> current = adapter;
        while (current.getSuperclass() != base) {
            current = current.getSuperclass();
        }
        return (Class<S>) ((ParameterizedType) current.getGenericSuperclass()).getActualTypeArguments()[0];
    }

    static <S extends Record> S mailet(Class<S> type, MailetConfig config) throws MessagingException {
        Map<String, String> values = new LinkedHashMap<>();
        for (Iterator<String> names = config.getInitParameterNames(); names.hasNext(); ) {
            String name = names.next();
            String value = config.getInitParameter(name);
            if (!JAMES_OWN.contains(name) && value != null) {
                values.put(name, value);
            }
        }
        try {
            return reader().read(type, values);
        } catch (InvalidSettingsException wrong) {
            throw new MessagingException(config.getMailetName() + ": " + wrong.getMessage(), wrong);
        }
    }

    static <S extends Record> S matcher(Class<S> type, MatcherConfig config) throws MessagingException {
        try {
            return reader().readCondition(
                            type, Optional.ofNullable(config.getCondition()).orElse(""));
        } catch (InvalidSettingsException wrong) {
            throw new MessagingException(config.getMatcherName() + ": " + wrong.getMessage(), wrong);
        }
    }

    static <S extends Record> S hook(Class<S> type, Configuration config) throws ConfigurationException {
        Map<String, String> values = new LinkedHashMap<>();
        for (Iterator<String> names = config.getKeys(); names.hasNext(); ) {
            String name = names.next();
            if (!name.startsWith("[@")) {
                values.put(name, String.join(",", config.getStringArray(name)));
            }
        }
        try {
            return reader().read(type, values);
        } catch (InvalidSettingsException wrong) {
            throw new ConfigurationException(type.getName() + ": " + wrong.getMessage(), wrong);
        }
    }

    private static SettingsReader reader() {
        return new SettingsReader(System.getenv());
    }

    /** The processors that settings name, so that James can refuse to start when one is missing. */
    static Collection<ProcessingState> processorsIn(Record settings) {
        return Arrays.stream(settings.getClass().getRecordComponents())
                .map(component -> valueOf(component, settings))
                .flatMap(Configured::processors)
                .map(processor -> new ProcessingState(processor.name()))
                .toList();
    }

    private static Stream<ProcessorName> processors(@Nullable Object value) {
        if (value instanceof ProcessorName name) {
            return Stream.of(name);
        } else if (value instanceof Optional<?> optional) {
            return optional.stream().flatMap(Configured::processors);
        } else if (value instanceof Collection<?> many) {
            return many.stream().flatMap(Configured::processors);
        }
        return Stream.empty();
    }

    private static @Nullable Object valueOf(RecordComponent component, Record settings) {
        try {
            return component.getAccessor().invoke(settings);
        } catch (IllegalAccessException | InvocationTargetException unreadable) {
            throw new IllegalStateException("not readable: " + component, unreadable);
        }
    }
}
