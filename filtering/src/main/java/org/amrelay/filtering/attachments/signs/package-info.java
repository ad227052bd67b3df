// SPDX-License-Identifier: Apache-2.0
/**
 * The traits that a file shows by its name and its bytes: programs, macros, scripts in documents, names that deceive.
 *
 * <p>{@link org.amrelay.filtering.attachments.signs.NameSigns} and
 * {@link org.amrelay.filtering.attachments.signs.ContentSigns} are the doors. Each sign looks at a bounded piece of memory and
 * unpacks no archive. Stateless, safe for several threads.
 */
@NullMarked
package org.amrelay.filtering.attachments.signs;

import org.jspecify.annotations.NullMarked;
