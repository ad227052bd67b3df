// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import java.io.IOException;
import java.io.InputStream;
import org.amrelay.mail.message.MessageContent;
import org.apache.james.server.core.MimeMessageSource;

/** The bytes of a message as James wants them, so that nothing is parsed before somebody asks for it. */
record ContentSource(String name, MessageContent content) implements MimeMessageSource {
    @Override
    public String getSourceId() {
        return name;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return content.open();
    }

    @Override
    public long getMessageSize() {
        return content.size();
    }
}
