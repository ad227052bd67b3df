// SPDX-License-Identifier: Apache-2.0
/**
 * Mail addresses as they stand in an SMTP envelope (RFC 5321 §4.1.2).
 *
 * <p>Entry type: {@link org.amrelay.mail.address.EmailAddress}. Immutable values; never looks anything up.
 */
@NullMarked
package org.amrelay.mail.address;

import org.jspecify.annotations.NullMarked;
