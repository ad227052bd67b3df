// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.dsn;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.amrelay.mail.message.MessageContent;

/** A message around another one, which is not copied. */
final class JoinedContent implements MessageContent {
    private final byte[] begin;
    private final MessageContent middle;
    private final byte[] end;

    private JoinedContent(byte[] begin, MessageContent middle, byte[] end) {
        this.begin = begin;
        this.middle = middle;
        this.end = end;
    }

    static MessageContent of(byte[] begin, MessageContent middle, byte[] end) {
        return new JoinedContent(begin, middle, end);
    }

    /** For small middles: one array. */
    static MessageContent inMemory(byte[] begin, byte[] middle, byte[] end) {
        byte[] all = new byte[begin.length + middle.length + end.length];
        System.arraycopy(begin, 0, all, 0, begin.length);
        System.arraycopy(middle, 0, all, begin.length, middle.length);
        System.arraycopy(end, 0, all, begin.length + middle.length, end.length);
        return MessageContent.of(all);
    }

    @Override
    public InputStream open() throws IOException {
        Enumeration<InputStream> parts = Collections.enumeration(
                List.of(new ByteArrayInputStream(begin), middle.open(), new ByteArrayInputStream(end)));
        return new SequenceInputStream(parts);
    }

    @Override
    public long size() {
        return begin.length + middle.size() + end.length;
    }
}
