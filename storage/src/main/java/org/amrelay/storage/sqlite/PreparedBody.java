// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.util.Optional;
import java.util.OptionalLong;
import org.amrelay.mail.message.MessageContent;

/**
 * A body that is ready to be written: in memory, or already in its synced file.
 *
 * @param id of the content row
 * @param size of the whole message
 * @param bytes for the row; empty when the file holds them
 * @param tailFrom from there on the bytes are those of the owner's content 0
 * @param content to be handed out after the commit
 */
record PreparedBody(long id, long size, Optional<byte[]> bytes, OptionalLong tailFrom, MessageContent content) {
    /** Bytes in memory until it is written. */
    long weight() {
        return bytes.map(held -> held.length).orElse(0);
    }

    /** Bytes in memory while its content is kept. */
    long keptBytes() {
        return content instanceof MessageContent.InMemory ? size : 0;
    }
}
