// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

/** What is done to the header. Immutable. */
public sealed interface HeaderChange {
    /** Takes the place of all fields of the name. */
    record Put(String name, String value) implements HeaderChange {}

    /** Comes to those that are there. */
    record Add(String name, String value) implements HeaderChange {}

    /** Takes all fields of the name away. */
    record Remove(String name) implements HeaderChange {}

    /** In front of the subject, unless it is there. */
    record Tag(String text) implements HeaderChange {}
}
