// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.message;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value that is computed when it is first asked for, and once. Safe for several threads. */
final class Lazy<T> {
    private volatile @Nullable T value;
    private @Nullable Supplier<T> supplier;

    Lazy(Supplier<T> supplier) {
        this.supplier = supplier;
    }

    T get() {
        T known = value;
        return known == null ? compute() : known;
    }

    private synchronized T compute() {
        T known = value;
        if (known == null) {
            known = Objects.requireNonNull(supplier).get();
            value = known;
            // What it was computed from need not be kept
            supplier = null;
        }
        return known;
    }
}
