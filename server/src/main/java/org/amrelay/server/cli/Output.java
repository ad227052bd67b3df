// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.Consumer;
import org.amrelay.server.admin.Json;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints an answer: for people, or as JSON with {@code --json}. */
final class Output {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** One value; the second way is for people. */
    <T> void print(T value, Consumer<T> forPeople) {
        if (json) {
            out().println(new Json().text(value));
        } else {
            forPeople.accept(value);
        }
        out().flush();
    }

    /** A line each, or a sentence when there is none. */
    <T> void printAll(List<T> values, String none, Consumer<T> forPeople) {
        print(values, all -> {
            if (all.isEmpty()) {
                out().println(none);
            }
            all.forEach(forPeople);
        });
    }

    /** What a stranger wrote, without control characters that could move the cursor or fake a line. */
    static String safe(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c == '\t'
                        ? ' '
                        : Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }
}
