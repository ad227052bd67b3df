// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.https;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.amrelay.delivery.https.HttpsAnswer.Answered;
import org.amrelay.delivery.https.HttpsAnswer.Unreachable;
import org.amrelay.delivery.https.HttpsAnswer.Untrusted;
import org.amrelay.delivery.tls.PeerCheck;
import org.amrelay.delivery.tls.PeerVerdict;
import org.amrelay.delivery.tls.TlsFailure;

/** Handshake, check, request and answer on one connection. For the channel's event loop. */
final class HttpsExchange extends SimpleChannelInboundHandler<HttpObject> {
    private static final int MOST_LINE = 4096;
    private static final int MOST_HEADER = 16 * 1024;
    private static final int CHUNK = 8192;
    /** From here on a response is the one that counts (RFC 9110 §15.2). */
    private static final int FINAL = 200;

    private final HttpsRequest request;
    private final PeerCheck check;
    private final Executor judging;
    private final CompletableFuture<HttpsAnswer> result;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int status;
    private String type = "";

    HttpsExchange(HttpsRequest request, PeerCheck check, Executor judging, CompletableFuture<HttpsAnswer> result) {
        this.request = request;
        this.check = check;
        this.judging = judging;
        this.result = result;
    }

    void install(ChannelPipeline pipeline, SslHandler tls) {
        pipeline.addLast(tls);
        pipeline.addLast(new HttpClientCodec(MOST_LINE, MOST_HEADER, CHUNK));
        pipeline.addLast(this);
    }

    /** The connection is there; a handler's handshake fails without one as well, which must not count. */
    void begin(ChannelPipeline pipeline) {
        SslHandler tls = pipeline.get(SslHandler.class);
        tls.handshakeFuture().addListener(done -> {
            if (done.isSuccess()) {
                judge(pipeline, tls);
            } else {
                result.complete(new Untrusted("TLS with " + request.host() + " failed: "
                        + done.cause().getMessage()));
            }
        });
    }

    private void judge(ChannelPipeline pipeline, SslHandler tls) {
        try {
            CompletableFuture.supplyAsync(() -> check.check(chain(tls)), judging)
                    .exceptionally(error -> new PeerVerdict.Rejected(
                            TlsFailure.VALIDATION_FAILURE, "its certificates cannot be judged: " + error))
                    .thenAcceptAsync(
                            verdict -> judged(pipeline, verdict),
                            pipeline.channel().eventLoop());
        } catch (RejectedExecutionException e) {
            result.complete(new Unreachable("the relay is shutting down"));
        }
    }

    private static List<X509Certificate> chain(SslHandler tls) {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            for (Certificate each : tls.engine().getSession().getPeerCertificates()) {
                if (each instanceof X509Certificate certificate) {
                    chain.add(certificate);
                }
            }
        } catch (SSLPeerUnverifiedException e) {
            // No cipher without certificates is offered
            throw new IllegalStateException(e);
        }
        return chain;
    }

    private void judged(ChannelPipeline pipeline, PeerVerdict verdict) {
        if (verdict instanceof PeerVerdict.Rejected rejected) {
            result.complete(new Untrusted(request.host() + ": " + rejected.cause()));
            return;
        }
        FullHttpRequest message = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                request.isPost() ? HttpMethod.POST : HttpMethod.GET,
                request.path(),
                Unpooled.wrappedBuffer(request.body()));
        message.headers().set(HttpHeaderNames.HOST, request.host());
        message.headers().set(HttpHeaderNames.CONNECTION, "close");
        if (request.isPost()) {
            message.headers().set(HttpHeaderNames.CONTENT_TYPE, request.contentType());
            message.headers().set(HttpHeaderNames.CONTENT_LENGTH, request.body().length);
        } else {
            message.headers().set(HttpHeaderNames.ACCEPT, "text/plain");
        }
        pipeline.writeAndFlush(message);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject part) {
        if (part.decoderResult().isFailure()) {
            result.complete(new Unreachable(request.host() + " does not speak HTTP"));
        } else if (part instanceof HttpResponse head) {
            status = head.status().code();
            CharSequence named = HttpUtil.getMimeType(head);
            type = named == null ? "" : named.toString().strip().toLowerCase(Locale.ROOT);
        }
        if (status < FINAL || result.isDone()) {
            return;
        }
        if (request.largestAnswer() == 0) {
            result.complete(new Answered(status, type, ""));
        } else if (part instanceof HttpContent content) {
            add(content);
        }
    }

    private void add(HttpContent content) {
        if (body.size() + content.content().readableBytes() > request.largestAnswer()) {
            result.complete(new Unreachable(
                    request.host() + " answered with more than " + request.largestAnswer() + " octets"));
            return;
        }
        byte[] octets = new byte[content.content().readableBytes()];
        content.content().readBytes(octets);
        body.write(octets, 0, octets.length);
        if (content instanceof LastHttpContent) {
            result.complete(new Answered(status, type, body.toString(StandardCharsets.UTF_8)));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        result.complete(new Unreachable(request.host() + " closed the connection"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        result.complete(new Unreachable(request.host() + ": " + cause.getMessage()));
    }
}
