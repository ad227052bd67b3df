// SPDX-License-Identifier: Apache-2.0
/**
 * What the files of a message are, down to the last one inside of archives and documents.
 *
 * <p>{@link org.amrelay.filtering.attachments.AttachmentInspector} tells of each its true type, its traits and what text could
 * be read cheaply; {@link org.amrelay.filtering.attachments.DeepInspector} does so within limits of depth, entries, bytes and
 * time. What could not be looked at is named, and never makes anything fail. Decides nothing about mail, runs nothing it
 * finds, and asks nobody. Safe for several threads; reads the disk when a file is large.
 */
@NullMarked
package org.amrelay.filtering.attachments;

import org.jspecify.annotations.NullMarked;
