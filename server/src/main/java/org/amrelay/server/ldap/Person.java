// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.ldap;

import java.util.Set;

/**
 * An entry that is an account. Immutable.
 *
 * @param dn of the entry
 * @param names to log in with, in lower case
 * @param addresses own ones and aliases, in lower case
 */
record Person(String dn, Set<String> names, Set<String> addresses) {
    Person {
        names = Set.copyOf(names);
        addresses = Set.copyOf(addresses);
    }
}
