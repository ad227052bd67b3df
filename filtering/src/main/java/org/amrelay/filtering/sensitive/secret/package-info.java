// SPDX-License-Identifier: Apache-2.0
/**
 * Secrets: keys and tokens of providers, private keys, passwords, connection strings, wallets.
 *
 * <p>Entry types are the detectors. The formats of keys stand in {@code secrets.txt}; what looks made up (too little entropy, a
 * placeholder) does not count. Immutable, safe for several threads. They never ask a provider whether a key works.
 */
@NullMarked
package org.amrelay.filtering.sensitive.secret;

import org.jspecify.annotations.NullMarked;
