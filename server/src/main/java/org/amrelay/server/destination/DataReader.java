// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.destination;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/**
 * Collects a message up to the final dot and takes the stuffed dots out (RFC 5321 §4.5.2).
 *
 * <p>Only CRLF ends a line, so a dot between bare line feeds is content. Holds at most the given number of octets; the
 * rest of a larger message is read and forgotten.
 */
final class DataReader {
    /** Where in {@code CRLF . CRLF} the last octet was. */
    private enum Place {
        LINE_START,
        TEXT,
        CR,
        DOT,
        DOT_CR
    }

    private final int most;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream(16 * 1024);
    private Place place = Place.LINE_START;
    private boolean tooBig;

    DataReader(int most) {
        this.most = most;
    }

    /**
     * Reads what is there.
     *
     * @return empty until the final dot; then the content, which is empty when the message was too big
     */
    Optional<Optional<byte[]>> read(ByteBuf in) {
        while (in.isReadable()) {
            if (place == Place.TEXT) {
                copyUpToCarriageReturn(in);
                continue;
            }
            if (step(in.readByte())) {
                return Optional.of(tooBig ? Optional.empty() : Optional.of(content.toByteArray()));
            }
        }
        return Optional.empty();
    }

    private void copyUpToCarriageReturn(ByteBuf in) {
        int at = in.indexOf(in.readerIndex(), in.writerIndex(), (byte) '\r');
        int length = (at < 0 ? in.writerIndex() : at + 1) - in.readerIndex();
        byte[] piece = new byte[length];
        in.readBytes(piece);
        keep(piece);
        if (at >= 0) {
            place = Place.CR;
        }
    }

    /** Takes one octet outside the middle of a line; true at the end of the message. */
    private boolean step(byte octet) {
        if (place == Place.LINE_START && octet == '.') {
            place = Place.DOT; // stuffed, or the final one: either way it is no content
            return false;
        }
        if (place == Place.DOT && octet == '\r') {
            place = Place.DOT_CR;
            return false;
        }
        if (place == Place.DOT_CR && octet == '\n') {
            return true;
        }
        if (place == Place.DOT_CR) {
            keep('\r');
        }
        boolean lineEnd = place == Place.CR && octet == '\n';
        keep(octet);
        place = lineEnd ? Place.LINE_START : octet == '\r' ? Place.CR : Place.TEXT;
        return false;
    }

    private void keep(int octet) {
        keep(new byte[] {(byte) octet});
    }

    private void keep(byte[] piece) {
        if (tooBig || content.size() + piece.length > most) {
            tooBig = true;
            content.reset();
        } else {
            content.writeBytes(piece);
        }
    }
}
