// SPDX-License-Identifier: Apache-2.0
/**
 * What travels beside a message: sender, recipients and what each wants to be told (RFC 5321, DSN parameters RFC 3461).
 *
 * <p>Entry type: {@link org.amrelay.mail.envelope.Envelope}. Immutable values.
 */
@NullMarked
package org.amrelay.mail.envelope;

import org.jspecify.annotations.NullMarked;
