// SPDX-License-Identifier: Apache-2.0
/**
 * Who may log in, which domains are ours, and which addresses stand for others.
 *
 * <p>Entry types: {@link org.amrelay.storage.account.Accounts}, {@link org.amrelay.storage.account.Domains},
 * {@link org.amrelay.storage.account.Rewrites}, {@link org.amrelay.storage.account.GrantedIdentities},
 * {@link org.amrelay.storage.account.FurtherCredentials}. Reads come from memory, which changes when the change is durable. Knows no
 * password scheme: a credential is opaque text.
 */
@NullMarked
package org.amrelay.storage.account;

import org.jspecify.annotations.NullMarked;
