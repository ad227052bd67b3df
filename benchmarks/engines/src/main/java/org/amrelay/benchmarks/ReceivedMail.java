// SPDX-License-Identifier: Apache-2.0
package org.amrelay.benchmarks;

import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.amrelay.authentication.MessageAuthenticator;
import org.amrelay.authentication.MessageVerdict;
import org.amrelay.authentication.dmarc.DmarcResult;
import org.amrelay.mail.message.MessageContent;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** SPF, DKIM, DMARC, ARC and iprev of a message of 10 KB that passes, as the hook at the port evaluates it. */
@State(Scope.Benchmark)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx512m", "-XX:+UseSerialGC"})
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ReceivedMail {
    /** What it is signed with. */
    @Param({"rsa", "ed25519", "both"})
    public String signature = "rsa";

    private MessageContent message = MessageContent.of(new byte[0]);
    private MessageAuthenticator authenticator =
            new MessageAuthenticator(new Material().dns(), "mx.b.example", InstantSource.system());

    /** Makes the message, and sees to it that it is one that passes. */
    @Setup
    public void prepare() throws IOException {
        Material material = new Material();
        message = switch (signature) {
            case "rsa" -> material.signed(material.rsaKey());
            case "ed25519" -> material.signed(material.ed25519Key());
            default -> material.signed(material.rsaKey(), material.ed25519Key());
        };
        authenticator = new MessageAuthenticator(material.dns(), "mx.b.example", InstantSource.system());
        MessageVerdict verdict = evaluate();
        if (!(verdict.dmarc() instanceof DmarcResult.Pass)
                || !verdict.spf().isPass()
                || !verdict.dkim().stream().allMatch(result -> result.isPass())) {
            throw new IllegalStateException("the message does not pass: " + verdict);
        }
    }

    @Benchmark
    public MessageVerdict evaluate() throws IOException {
        return authenticator
                .evaluate(Material.client(), "mx.provider.example", "alice@relay.example", message)
                .toCompletableFuture()
                .join();
    }
}
