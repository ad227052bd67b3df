// SPDX-License-Identifier: Apache-2.0
package org.amrelay.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.amrelay.authentication.dkim.OwnKey;
import org.amrelay.authentication.dkim.OwnSignatureCheck;
import org.amrelay.authentication.dkim.SignatureProvider;
import org.amrelay.authentication.dkim.SignedContent;
import org.amrelay.authentication.keys.MessageSigner;
import org.amrelay.authentication.keys.SigningResult;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.server.signing.NativeSignatures;
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

/** Signing of a message of 10 KB with RSA-2048 and Ed25519, and the last look at both signatures before the wire. */
@State(Scope.Benchmark)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx512m", "-XX:+UseSerialGC"})
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SentMail {
    /** Java's own cryptography or the native library. */
    @Param({"java", "native"})
    public String cryptography = "java";

    private final Material material = new Material();
    private final List<OwnKey> keys = List.of(material.rsaKey(), material.ed25519Key());
    private final MessageContent message = Material.message();
    private MessageSigner signer = Material.signer(SignatureProvider.ofJava());
    private OwnSignatureCheck check = new OwnSignatureCheck(SignatureProvider.ofJava());
    private MessageContent signed = message;

    /** Loads the library when it is to be measured. */
    @Setup
    public void prepare() throws IOException {
        SignatureProvider provider = SignatureProvider.ofJava();
        if (cryptography.equals("native")) {
            NativeSignatures library = new NativeSignatures();
            if (!library.load()) {
                throw new IllegalStateException("the native library does not load here");
            }
            provider = library;
        }
        signer = Material.signer(provider, keys.get(0), keys.get(1));
        check = new OwnSignatureCheck(provider);
        signed = sign();
        if (!check.flaws(signed, keys).isEmpty()) {
            throw new IllegalStateException("the signatures are wrong");
        }
    }

    @Benchmark
    public SignedContent sign() throws IOException {
        return ((SigningResult.Signed) signer.sign(message)).content();
    }

    @Benchmark
    public List<String> lookBeforeTheWire() throws IOException {
        return check.flaws(signed, keys);
    }
}
