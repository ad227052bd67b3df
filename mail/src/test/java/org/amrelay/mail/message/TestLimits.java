// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.message;

import java.io.IOException;
import java.io.InputStream;
import org.amrelay.mail.html.HtmlLimits;

/** Limits for tests, and content that is not in memory as far as anybody can see. */
final class TestLimits {
    private TestLimits() {}

    static ViewLimits holding(int bytes) {
        ViewLimits usual = ViewLimits.usual();
        return new ViewLimits(
                usual.headerFields(),
                usual.headerBytes(),
                usual.allHeaderBytes(),
                usual.depth(),
                usual.parts(),
                usual.textBytes(),
                usual.allTextBytes(),
                usual.decodedBytes(),
                usual.links(),
                bytes,
                usual.html());
    }

    /** Limits that even small messages reach. */
    static ViewLimits tiny() {
        return new ViewLimits(4, 200, 500, 3, 6, 40, 90, 100, 5, 30, new HtmlLimits(60, 5, 4));
    }

    static MessageContent elsewhere(MessageContent content) {
        return new MessageContent() {
            @Override
            public InputStream open() throws IOException {
                return content.open();
            }

            @Override
            public long size() {
                return content.size();
            }
        };
    }
}
