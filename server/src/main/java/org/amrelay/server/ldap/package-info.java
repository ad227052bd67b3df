// SPDX-License-Identifier: Apache-2.0
/**
 * Accounts of an LDAP directory (RFC 4511): log-in by bind, addresses and aliases, which recipients there are.
 *
 * <p>Entry type: {@link org.amrelay.server.ldap.LdapAccounts}. A directory that does not answer in time means <em>try
 * later</em>, never <em>wrong password</em> and never <em>no such recipient</em>. What a session asks on a network event
 * loop comes from memory. Never writes to the directory.
 */
@NullMarked
package org.amrelay.server.ldap;

import org.jspecify.annotations.NullMarked;
