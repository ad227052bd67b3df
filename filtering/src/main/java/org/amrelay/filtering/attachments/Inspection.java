// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.attachments;

import java.util.List;

/**
 * All that was found in the files of a message. Immutable.
 *
 * @param attachments containers before what is in them
 * @param unscannable what could not be looked at, each as {@code path: reason}; the reasons are too-deep, too-many-entries,
 *     too-many-bytes, ratio, too-long, overlapping-entries, damaged, encrypted and no-reader
 */
public record Inspection(List<Attachment> attachments, List<String> unscannable) {
    public Inspection {
        attachments = List.copyOf(attachments);
        unscannable = List.copyOf(unscannable);
    }
}
