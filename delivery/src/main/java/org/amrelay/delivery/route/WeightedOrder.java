// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.route;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;

/** Draws by weight: each candidate comes first as often as its weight says, and so on among the rest. */
public final class WeightedOrder {
    private WeightedOrder() {}

    /**
     * All candidates in drawn order.
     *
     * @param weight of a candidate, 1 or more
     */
    public static <T> List<T> of(List<T> candidates, ToIntFunction<T> weight, RandomGenerator random) {
        List<T> left = new ArrayList<>(candidates);
        List<T> order = new ArrayList<>();
        while (!left.isEmpty()) {
            long drawn =
                    random.nextLong(left.stream().mapToLong(weight::applyAsInt).sum());
            int index = 0;
            while (drawn >= weight.applyAsInt(left.get(index))) {
                drawn -= weight.applyAsInt(left.get(index));
                index++;
            }
            order.add(left.remove(index));
        }
        return order;
    }
}
