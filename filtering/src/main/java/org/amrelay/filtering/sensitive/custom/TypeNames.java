// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive.custom;

/** How types are called. */
final class TypeNames {
    private TypeNames() {}

    static void check(String name) {
        if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*") || name.length() > 60) {
            throw new IllegalArgumentException(
                    "name '" + name + "' is not of small letters and digits with hyphens between");
        }
    }
}
