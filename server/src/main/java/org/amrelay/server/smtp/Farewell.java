// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection so that the client can still read the last reply.
 *
 * <p>Closing a socket with unread input makes the kernel send a reset, which throws the reply away on the other side. So
 * we say that nothing more comes, throw away what the client still sends for a moment, and then close. For one thread.
 */
final class Farewell {
    private static final long MOMENT_MILLIS = 2_000;
    private static final long MOST_IGNORED = 1024 * 1024;

    private final Channel channel;
    private boolean said;
    private long ignored;

    Farewell(Channel channel) {
        this.channel = channel;
    }

    boolean isSaid() {
        return said;
    }

    /** Counts what the client sends all the same; one that sends much of it learns the hard way. */
    void ignore(int bytes) {
        ignored += bytes;
        if (ignored > MOST_IGNORED) {
            channel.close();
        }
    }

    void say() {
        if (said) {
            return;
        }
        said = true;
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> {
            if (!written.isSuccess()) {
                channel.close();
                return;
            }
            endOutput();
            channel.config().setAutoRead(true);
        });
        channel.eventLoop().schedule(() -> channel.close(), MOMENT_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Closes as soon as the last reply is written; for a client that has ended its half. */
    void close() {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    private void endOutput() {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls != null) {
            tls.closeOutbound();
        } else if (channel instanceof SocketChannel socket) {
            socket.shutdownOutput().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        }
    }
}
