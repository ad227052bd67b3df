// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.ldap;

import java.io.IOException;
import java.util.List;

/** Where entries are. Safe for several threads; blocks for a bounded time; an exception means <em>try later</em>. */
interface Directory extends AutoCloseable {
    /** Entries of that log-in name; more than two are cut off. */
    List<Person> named(String name) throws IOException;

    /** Entries with that address; more than two are cut off. */
    List<Person> owning(String address) throws IOException;

    /** Whether the password is that of the entry. */
    boolean isRight(Person person, String password) throws IOException;

    @Override
    void close();
}
