// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.message;

import java.io.IOException;
import java.io.InputStream;

/** A copy of a message that depends on nothing: in memory when it is small, else in a file that goes with the object. Immutable. */
public final class SpilledContent implements MessageContent {
    private final ViewSource source;

    private SpilledContent(ViewSource source) {
        this.source = source;
    }

    /** Reads the content once. */
    public static MessageContent copyOf(MessageContent content, ViewLimits limits) throws IOException {
        try (InputStream in = content.open()) {
            ViewSource source = ViewSource.of(in, limits);
            return source instanceof ViewSource.Held held
                    ? MessageContent.of(held.bytes())
                    : new SpilledContent(source);
        }
    }

    ViewSource source() {
        return source;
    }

    @Override
    public InputStream open() throws IOException {
        return source.open(0, source.size());
    }

    @Override
    public long size() {
        return source.size();
    }
}
