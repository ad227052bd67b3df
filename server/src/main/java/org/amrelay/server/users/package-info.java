// SPDX-License-Identifier: Apache-2.0
/**
 * James' users, domains and recipient rewriting on our storage.
 *
 * <p>Entry type: {@link org.amrelay.server.users.UsersModule}. Passwords are PBKDF2-HMAC-SHA512 in a form that names its
 * work factor; a log-in raises an outdated one. Hashing runs on a few threads of its own, bounded in number and in
 * waiting, and refuses to be waited for on a network event loop. Domains are what the administrator added and nothing
 * else: no look-up in DNS tells what is local. All look-ups come from memory; changes are durable before they return.
 */
@NullMarked
package org.amrelay.server.users;

import org.jspecify.annotations.NullMarked;
