// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.attachments.archives;

/**
 * What a ZIP archive says about one file (APPNOTE 4.3.7, 4.3.12).
 *
 * @param name as given
 * @param flags general purpose flags
 * @param method of compression
 * @param packed bytes in the archive
 * @param size unpacked bytes, as claimed
 * @param header where its local header is
 */
record ZipEntryRecord(String name, int flags, int method, long packed, long size, long header) {
    private static final int AES = 99;

    boolean isEncrypted() {
        return (flags & 1) != 0 || method == AES;
    }

    boolean isFolder() {
        return name.endsWith("/") && size == 0;
    }
}
