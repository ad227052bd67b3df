// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.apache.james.protocols.api.ProtocolSession;
import org.apache.james.protocols.api.ProtocolTransport;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.LineHandler;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is none: what James' session asks for, and nothing behind it.
 *
 * @param client as told, not as connected
 * @param isTLSStarted whether hooks shall believe that TLS is on
 */
record RehearsedTransport(InetAddress client, boolean isTLSStarted) implements ProtocolTransport {
    @Override
    public InetSocketAddress getRemoteAddress() {
        return new InetSocketAddress(client, 1024);
    }

    @Override
    public InetSocketAddress getLocalAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 25);
    }

    @Override
    public String getId() {
        return "rehearsal";
    }

    @Override
    public boolean isStartTLSSupported() {
        return !isTLSStarted;
    }

    @Override
    public Optional<SSLSession> getSSLSession() {
        return Optional.empty();
    }

    @Override
    public boolean isProxyRequired() {
        return false;
    }

    @Override
    public void writeResponse(@Nullable Response response, ProtocolSession session) {
        throw new UnsupportedOperationException("hooks return their response, they do not write it");
    }

    @Override
    public void popLineHandler() {}

    @Override
    public void pushLineHandler(LineHandler<? extends ProtocolSession> handler, ProtocolSession session) {}

    @Override
    public void setReadable(boolean readable) {}

    @Override
    public boolean isReadable() {
        return true;
    }
}
