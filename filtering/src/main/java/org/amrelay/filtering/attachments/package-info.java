// SPDX-License-Identifier: Apache-2.0
/**
 * What the attachments of a message are.
 *
 * <p>Entry type: {@link org.amrelay.filtering.attachments.AttachmentInspector}.
 */
@NullMarked
package org.amrelay.filtering.attachments;

import org.jspecify.annotations.NullMarked;
