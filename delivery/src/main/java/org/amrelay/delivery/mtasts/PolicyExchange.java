// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.mtasts;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslHandler;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.amrelay.delivery.mtasts.FetchResult.Failed;
import org.amrelay.delivery.mtasts.FetchResult.Fetched;
import org.amrelay.delivery.tls.PeerCheck;
import org.amrelay.delivery.tls.PeerVerdict;
import org.amrelay.delivery.tls.TlsFailure;

/** Handshake, check, request and answer on one connection to a policy host. For the channel's event loop. */
final class PolicyExchange extends SimpleChannelInboundHandler<FullHttpResponse> {
    private static final int MOST_LINE = 4096;
    private static final int MOST_HEADER = 16 * 1024;
    private static final int CHUNK = 8192;

    private final String host;
    private final PeerCheck check;
    private final Executor judging;
    private final CompletableFuture<FetchResult> result;

    PolicyExchange(String host, PeerCheck check, Executor judging, CompletableFuture<FetchResult> result) {
        this.host = host;
        this.check = check;
        this.judging = judging;
        this.result = result;
    }

    void install(ChannelPipeline pipeline, SslHandler tls) {
        pipeline.addLast(tls);
        pipeline.addLast(new HttpClientCodec(MOST_LINE, MOST_HEADER, CHUNK));
        pipeline.addLast(new HttpObjectAggregator(StsPolicyParser.LARGEST));
        pipeline.addLast(this);
    }

    /** The connection is there; a handler's handshake fails without one as well, which must not count. */
    void begin(ChannelPipeline pipeline) {
        SslHandler tls = pipeline.get(SslHandler.class);
        tls.handshakeFuture().addListener(done -> {
            if (done.isSuccess()) {
                judge(pipeline, tls);
            } else {
                result.complete(new Failed(
                        TlsFailure.STS_WEBPKI_INVALID,
                        "TLS with " + host + " failed: " + done.cause().getMessage()));
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
            result.complete(HttpsPolicyFetcher.failed("the relay is shutting down"));
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
            result.complete(new Failed(TlsFailure.STS_WEBPKI_INVALID, host + ": " + rejected.cause()));
            return;
        }
        FullHttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/.well-known/mta-sts.txt");
        request.headers().set(HttpHeaderNames.HOST, host);
        request.headers().set(HttpHeaderNames.ACCEPT, "text/plain");
        request.headers().set(HttpHeaderNames.CONNECTION, "close");
        pipeline.writeAndFlush(request);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpResponse response) {
        result.complete(read(response));
    }

    private FetchResult read(FullHttpResponse response) {
        if (!response.decoderResult().isSuccess()) {
            return HttpsPolicyFetcher.failed(host + " does not speak HTTP");
        }
        if (response.status().code() != HttpResponseStatus.OK.code()) {
            // A redirect as well (RFC 8461 §3.3)
            return HttpsPolicyFetcher.failed(
                    host + " answered with status " + response.status().code());
        }
        CharSequence type = HttpUtil.getMimeType(response);
        if (type == null || !"text/plain".equalsIgnoreCase(type.toString().strip())) {
            return new Failed(TlsFailure.STS_POLICY_INVALID, host + " did not answer with text/plain");
        }
        StsPolicyParser.Parsed parsed = StsPolicyParser.parse(response.content().toString(StandardCharsets.UTF_8));
        return parsed.policy()
                .<FetchResult>map(Fetched::new)
                .orElseGet(() -> new Failed(TlsFailure.STS_POLICY_INVALID, parsed.mistake()));
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        result.complete(HttpsPolicyFetcher.failed(host + " closed the connection"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        result.complete(HttpsPolicyFetcher.failed(host + ": " + cause.getMessage()));
    }
}
