// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.shaping;

import java.time.Duration;
import java.util.Optional;

/**
 * What a reply led to.
 *
 * @param decision what was changed; empty when the reply was only counted
 * @param holdAccount how long to keep back the account whose mail was answered, zero: not
 * @param keepMail whether a refusal leaves the mail in the queue
 */
public record Reaction(Optional<Decision> decision, Duration holdAccount, boolean keepMail) {}
