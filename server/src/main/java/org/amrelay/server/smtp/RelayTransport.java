// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLSession;
import org.apache.james.protocols.api.ProtocolSession;
import org.apache.james.protocols.api.ProtocolTransport;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.LineHandler;
import org.apache.james.protocols.netty.Encryption;
import org.apache.james.protocols.smtp.SMTPSession;
import org.jspecify.annotations.Nullable;

/** What James' session knows of its connection. Line handlers are for dialogues such as AUTH. */
final class RelayTransport implements ProtocolTransport {
    private final Channel channel;
    private final Supplier<Optional<Encryption>> encryption;
    private final Deque<LineHandler<SMTPSession>> dialogues = new ArrayDeque<>();
    private final InetSocketAddress remote;
    private final InetSocketAddress local;

    RelayTransport(Channel channel, Supplier<Optional<Encryption>> encryption) {
        this.channel = channel;
        this.encryption = encryption;
        this.remote = (InetSocketAddress) channel.remoteAddress();
        this.local = (InetSocketAddress) channel.localAddress();
    }

    /** Who gets the next line instead of the command dispatcher. */
    Optional<LineHandler<SMTPSession>> dialogue() {
        return Optional.ofNullable(dialogues.peekFirst());
    }

    @Override
    public InetSocketAddress getRemoteAddress() {
        return remote;
    }

    @Override
    public InetSocketAddress getLocalAddress() {
        return local;
    }

    @Override
    public String getId() {
        return channel.id().asShortText();
    }

    @Override
    public boolean isTLSStarted() {
        return channel.pipeline().get(SslHandler.class) != null;
    }

    @Override
    public boolean isStartTLSSupported() {
        return encryption.get().filter(Encryption::isStartTLS).isPresent();
    }

    @Override
    public Optional<SSLSession> getSSLSession() {
        return Optional.ofNullable(channel.pipeline().get(SslHandler.class))
                .map(handler -> handler.engine().getSession());
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
    public void popLineHandler() {
        dialogues.pollFirst();
    }

    @Override
    @SuppressWarnings("unchecked") // each session here is an SMTP session
    public void pushLineHandler(LineHandler<? extends ProtocolSession> handler, ProtocolSession session) {
        dialogues.addFirst((LineHandler<SMTPSession>) handler);
    }

    @Override
    public void setReadable(boolean readable) {
        channel.config().setAutoRead(readable);
    }

    @Override
    public boolean isReadable() {
        return channel.config().isAutoRead();
    }
}
