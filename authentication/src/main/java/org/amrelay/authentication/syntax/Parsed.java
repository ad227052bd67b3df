// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.syntax;

import java.util.function.Function;

/**
 * What a parser made of a text: a value, or why there is none.
 *
 * <p>Immutable when the value is.
 */
public sealed interface Parsed<T> {
    /** The text follows the grammar. */
    record Valid<T>(T value) implements Parsed<T> {}

    /** The text does not follow the grammar. */
    record Malformed<T>(String why) implements Parsed<T> {}

    /** A parser on the inside. */
    @FunctionalInterface
    interface Grammar<T> {
        T read() throws SyntaxException;
    }

    static <T> Parsed<T> by(Grammar<T> grammar) {
        try {
            return new Valid<>(grammar.read());
        } catch (SyntaxException e) {
            return new Malformed<>(e.why());
        }
    }

    /** The same for what is made of the value. */
    default <R> Parsed<R> map(Function<? super T, ? extends R> made) {
        return this instanceof Valid<T> v
                ? new Valid<>(made.apply(v.value()))
                : new Malformed<>(((Malformed<T>) this).why());
    }

    default <R> R fold(Function<? super T, ? extends R> valid, Function<String, ? extends R> malformed) {
        return this instanceof Valid<T> v ? valid.apply(v.value()) : malformed.apply(((Malformed<T>) this).why());
    }
}
