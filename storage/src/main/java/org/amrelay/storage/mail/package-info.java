// SPDX-License-Identifier: Apache-2.0
/**
 * A mail as it is kept: what has to survive a restart, apart from the place where it is kept.
 *
 * <p>Entry type: {@link org.amrelay.storage.mail.StoredMail}; spool, plain queues and mail repositories keep the same
 * record. Immutable values.
 */
@NullMarked
package org.amrelay.storage.mail;

import org.jspecify.annotations.NullMarked;
