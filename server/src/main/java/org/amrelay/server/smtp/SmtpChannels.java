// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.james.protocols.netty.AbstractChannelPipelineFactory;
import org.apache.james.protocols.netty.Encryption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets up each new connection of a server, or turns it away when there are too many.
 *
 * <p>Knows the open connections, so that they can be ended with a reply. Safe for several threads.
 */
final class SmtpChannels extends AbstractChannelPipelineFactory<SocketChannel> {
    private static final Logger LOG = LoggerFactory.getLogger(SmtpChannels.class);

    /** Beyond this many bytes that the client does not take, nothing more is answered. */
    private static final WriteBufferWaterMark UNSENT = new WriteBufferWaterMark(16 * 1024, 64 * 1024);

    private final SmtpService service;
    private final Set<SmtpConnection> open = ConcurrentHashMap.newKeySet();

    SmtpChannels(SmtpService service) {
        super(
                pipeline -> {
                    throw new UnsupportedOperationException("our connections cut lines themselves");
                },
                ImmediateEventExecutor.INSTANCE);
        this.service = service;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        InetAddress client = channel.remoteAddress().getAddress();
        Optional<Encryption> tlsAtOnce = service.encryption().get().filter(tls -> !tls.isStartTLS());
        if (!service.connections().open(client)) {
            LOG.info("too many connections, turned {} away", client.getHostAddress());
            byte[] reply = Replies.bytes(Replies.of(421, "4.7.0", "too many connections, try again later"));
            // Inside TLS the reply would cost a handshake, which is what a flood wants
            channel.writeAndFlush(tlsAtOnce.isPresent() ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(reply))
                    .addListener(ChannelFutureListener.CLOSE);
            return;
        }
        channel.config().setWriteBufferWaterMark(UNSENT);
        channel.config().setAllowHalfClosure(true);
        SmtpConnection connection = new SmtpConnection(service, channel);
        open.add(connection);
        channel.closeFuture().addListener(closed -> {
            open.remove(connection);
            service.connections().close(client);
        });
        tlsAtOnce.ifPresent(tls -> channel.pipeline().addLast("tls", tls.sslHandler()));
        channel.pipeline().addLast("smtp", connection);
    }

    /** Ends each session after what it has begun. */
    void stop() {
        open.forEach(SmtpConnection::stop);
    }

    int count() {
        return open.size();
    }

    @Override
    protected ChannelInboundHandlerAdapter createHandler() {
        throw new UnsupportedOperationException("our connections are not made of James' handlers");
    }
}
