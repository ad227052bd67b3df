// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandler;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One session of a {@link ScriptedDestination}. */
final class ScriptedSession extends ByteToMessageDecoder {
    private final ScriptedDestination server;
    private ChannelHandlerContext context;
    private final List<String> rcpts = new ArrayList<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private ByteArrayOutputStream body = new ByteArrayOutputStream();
    private Runnable usual = () -> {};
    private String mail = "";
    private String chunk = "";
    private int chunkLeft;
    private boolean inBody;
    private boolean inChunks;
    private boolean chunksRefused;
    private boolean bodyBegun;
    private boolean overTls;
    private boolean stalled;

    ScriptedSession(ScriptedDestination server) {
        this.server = server;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        server.connected();
        at("CONNECT", () -> reply("220 scripted.example ESMTP"));
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        server.disconnected();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    private void at(String step, Runnable usual) {
        Optional<ScriptedDestination.Action> action = server.actionAt(step);
        this.usual = usual;
        if (action.isPresent()) {
            action.get().run(this);
        } else {
            usual.run();
        }
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (stalled) {
            in.skipBytes(in.readableBytes());
        }
        while (in.isReadable() && !stalled) {
            if (inBody && !bodyBegun) {
                bodyBegun = true;
                at("BODY", () -> {});
            }
            if (chunkLeft > 0) {
                takeChunk(in);
                continue;
            }
            int length = in.bytesBefore((byte) '\n');
            int take = length < 0 ? in.readableBytes() : length + 1;
            if (inBody && !server.keepsRecords() && length > 2 && line.size() == 0) {
                in.skipBytes(take);
                continue;
            }
            byte[] part = new byte[take];
            in.readBytes(part);
            line.writeBytes(part);
            if (length >= 0) {
                byte[] whole = line.toByteArray();
                line.reset();
                if (inBody) {
                    bodyLine(whole);
                } else {
                    command(new String(whole, StandardCharsets.UTF_8).stripTrailing());
                }
            }
        }
    }

    private void bodyLine(byte[] whole) {
        if (whole.length == 3 && whole[0] == '.' && whole[1] == '\r') {
            inBody = false;
            at("MESSAGE", this::taken);
        } else if (server.keepsRecords()) {
            int skip = whole[0] == '.' ? 1 : 0;
            body.write(whole, skip, whole.length - skip);
        }
    }

    private void command(String text) {
        server.heard(text);
        if (text.toUpperCase(Locale.ROOT).startsWith("BDAT ")) {
            beginChunk(text);
        } else {
            at(text, () -> usual(text));
        }
    }

    /** The octets are taken whatever the answer will be (RFC 3030 §2). */
    private void beginChunk(String text) {
        chunk = text;
        chunkLeft = Integer.parseInt(text.split(" ", -1)[1]);
        if (!inChunks) {
            inChunks = true;
            chunksRefused = false;
            bodyBegun = false;
            body = new ByteArrayOutputStream();
        }
        if (chunkLeft == 0) {
            answerChunk();
        }
    }

    private void takeChunk(ByteBuf in) {
        if (!bodyBegun) {
            bodyBegun = true;
            at("BODY", () -> {});
        }
        byte[] part = new byte[Math.min(chunkLeft, in.readableBytes())];
        in.readBytes(part);
        chunkLeft -= part.length;
        if (server.keepsRecords()) {
            body.writeBytes(part);
        }
        if (chunkLeft == 0) {
            answerChunk();
        }
    }

    private void answerChunk() {
        boolean last = chunk.endsWith(" LAST");
        inChunks = !last;
        if (chunksRefused) {
            reply("503 5.5.1 an earlier chunk was refused");
            return;
        }
        at(chunk, () -> {
            if (rcpts.isEmpty()) {
                reply("503 5.5.1 no valid recipients");
            } else if (last) {
                at("MESSAGE", this::taken);
            } else {
                reply("250 2.0.0 octets");
            }
        });
    }

    private void taken() {
        server.took(new ReceivedMessage(mail, List.copyOf(rcpts), body.toByteArray(), overTls));
        reply("250 2.0.0 taken");
    }

    private void usual(String text) {
        String verb = text.split(" ", 2)[0].toUpperCase(Locale.ROOT);
        switch (verb) {
            case "CONNECT" -> reply("220 scripted.example ESMTP");
            case "EHLO" -> ehlo();
            case "HELO" -> reply("250 scripted.example");
            case "MAIL" -> {
                mail = text;
                rcpts.clear();
                reply("250 2.1.0 ok");
            }
            case "RCPT" -> {
                rcpts.add(text);
                reply("250 2.1.5 ok");
            }
            case "DATA" -> data();
            case "RSET" -> {
                inChunks = false;
                reply("250 2.0.0 ok");
            }
            case "STARTTLS" -> startTls();
            case "QUIT" -> replyAndDrop("221 2.0.0 bye");
            default -> reply("500 5.5.2 what?");
        }
    }

    private void ehlo() {
        List<String> words = new ArrayList<>(server.offered());
        if (overTls) {
            words.remove("STARTTLS");
        }
        StringBuilder text = new StringBuilder();
        text.append(words.isEmpty() ? "250 " : "250-").append("scripted.example\r\n");
        for (int i = 0; i < words.size(); i++) {
            text.append(i == words.size() - 1 ? "250 " : "250-")
                    .append(words.get(i))
                    .append("\r\n");
        }
        send(text.toString());
    }

    private void data() {
        if (rcpts.isEmpty()) {
            reply("554 5.5.1 no valid recipients");
        } else {
            beginBody();
            reply("354 go");
        }
    }

    private void beginBody() {
        inBody = true;
        bodyBegun = false;
        body = new ByteArrayOutputStream();
    }

    private void startTls() {
        reply("220 2.0.0 go");
        SslHandler handler = server.tls().orElseThrow().newHandler(context.alloc());
        overTls = true;
        context.pipeline().addFirst(handler);
    }

    void reply(String... lines) {
        for (String text : lines) {
            chunksRefused |= inChunks && text.compareTo("4") > 0;
            if (text.startsWith("354")) {
                beginBody();
            }
        }
        send(String.join("\r\n", lines) + "\r\n");
    }

    void send(String bytes) {
        context.writeAndFlush(Unpooled.copiedBuffer(bytes, StandardCharsets.UTF_8));
    }

    void replyAndDrop(String... lines) {
        context.writeAndFlush(Unpooled.copiedBuffer(String.join("\r\n", lines) + "\r\n", StandardCharsets.UTF_8))
                .addListener(ChannelFutureListener.CLOSE);
    }

    void stall() {
        stalled = true;
    }

    void drop() {
        context.close();
    }

    void stopReading() {
        context.channel().config().setAutoRead(false);
        // The decoder asks for more by itself
        context.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
            @Override
            public void read(ChannelHandlerContext ctx) {
                // Never
            }
        });
    }

    void usualAfter(Duration delay) {
        Runnable late = usual;
        context.executor().schedule(late, delay.toMillis(), TimeUnit.MILLISECONDS);
    }
}
