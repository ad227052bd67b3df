// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.sasl;

import java.util.List;
import java.util.function.Consumer;

/**
 * What SCRAM needs to know of an account.
 *
 * @param keys one for each password of the account; all with the salt of the first; at least one
 * @param onSuccess told which of them it was
 */
public record ScramAccount(List<ScramKeys> keys, Consumer<ScramKeys> onSuccess) {
    public ScramAccount {
        keys = List.copyOf(keys);
        ScramKeys first = keys.get(0);
        if (!keys.stream().allMatch(first::sharesSaltWith)) {
            throw new IllegalArgumentException("keys with different salts");
        }
    }
}
