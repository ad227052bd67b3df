// SPDX-License-Identifier: Apache-2.0
/**
 * Takes files out of archives and documents, one reader a format, without trusting a word of what they say about sizes.
 *
 * <p>Each {@link org.amrelay.filtering.attachments.archives.Unpacker} hands what it finds to an
 * {@link org.amrelay.filtering.attachments.archives.EntrySink}; what grows or takes long is counted by an
 * {@link org.amrelay.filtering.attachments.archives.UnpackBudget}. Writes no file by a name that an archive gave. A reader is
 * stateless and safe for several threads.
 */
@NullMarked
package org.amrelay.filtering.attachments.archives;

import org.jspecify.annotations.NullMarked;
