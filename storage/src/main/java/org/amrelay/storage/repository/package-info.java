// SPDX-License-Identifier: Apache-2.0
/**
 * Mail repositories: places where mail rests until somebody looks at it, such as a quarantine.
 *
 * <p>Entry type: {@link org.amrelay.storage.repository.Repositories}. A repository owns the bodies of its mails, whatever
 * becomes of the mail they came from.
 */
@NullMarked
package org.amrelay.storage.repository;

import org.jspecify.annotations.NullMarked;
