// SPDX-License-Identifier: Apache-2.0
/**
 * What is known of a client before it has said much: DNS lists, its greeting, the domain of its sender.
 *
 * <p>Entry types: {@link org.amrelay.authentication.client.DnsListEvaluator},
 * {@link org.amrelay.authentication.client.Greeting} and {@link org.amrelay.authentication.client.SenderDomainEvaluator}.
 * What the DNS does not say counts as nothing, so that a list that is down stops no mail. Refuses nothing itself; safe for
 * several threads; blocks nowhere.
 */
@NullMarked
package org.amrelay.authentication.client;

import org.jspecify.annotations.NullMarked;
