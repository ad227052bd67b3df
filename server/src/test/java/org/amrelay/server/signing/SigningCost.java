// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.signing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.amrelay.authentication.dkim.OwnKey;
import org.amrelay.authentication.dkim.OwnSignatureCheck;
import org.amrelay.authentication.dkim.SignatureAlgorithm;
import org.amrelay.authentication.dkim.SignatureProvider;
import org.amrelay.authentication.dkim.SignedContent;
import org.amrelay.authentication.dkim.SignedNames;
import org.amrelay.authentication.dkim.SigningKey;
import org.amrelay.authentication.keys.MessageSigner;
import org.amrelay.authentication.keys.SigningResult;
import org.amrelay.mail.message.MessageContent;

/** A program: CPU of signing 10 KB with RSA-2048 and Ed25519, and of verifying both before the wire. */
public final class SigningCost {
    private static final int ROUNDS = 6;
    private static final int MESSAGES = 400;

    private final SignatureProvider provider;
    private final List<OwnKey> keys;
    private final MessageContent message = message();

    private SigningCost(SignatureProvider provider) throws GeneralSecurityException {
        this.provider = provider;
        this.keys = List.of(
                key("r", "RSA", 2048, SignatureAlgorithm.RSA_SHA256),
                key("e", "Ed25519", 255, SignatureAlgorithm.ED25519_SHA256));
    }

    public static void main(String[] arguments) throws GeneralSecurityException, IOException {
        new SigningCost(SignatureProvider.ofJava()).measure("Java");
        NativeSignatures library = new NativeSignatures();
        if (library.load()) {
            new SigningCost(library).measure("native library");
        }
    }

    private static OwnKey key(String selector, String name, int bits, SignatureAlgorithm algorithm)
            throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(name);
        generator.initialize(bits);
        KeyPair pair = generator.generateKeyPair();
        return new OwnKey(new SigningKey("relay.example", selector, algorithm, pair.getPrivate()), pair.getPublic());
    }

    private static MessageContent message() {
        String header = "Received: from a.example by b.example; Wed, 25 Nov 2026 10:00:00 +0000\r\n"
                + "From: Alice <alice@relay.example>\r\nTo: bob@elsewhere.example\r\nSubject: a test\r\n"
                + "Date: Wed, 25 Nov 2026 10:00:00 +0000\r\nMessage-ID: <1@relay.example>\r\n"
                + "MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n";
        return MessageContent.of(
                (header + "A line of text that people might write to each other.\r\n".repeat(182)).getBytes(US_ASCII));
    }

    private void measure(String name) throws IOException {
        MessageSigner signer =
                new MessageSigner(domain -> keys, SignedNames.SEEN, Optional.empty(), provider, InstantSource.system());
        OwnSignatureCheck check = new OwnSignatureCheck(provider);
        for (int round = 1; round <= ROUNDS; round++) {
            long start = cpu();
            SignedContent signed = sign(signer);
            for (int i = 1; i < MESSAGES; i++) {
                signed = sign(signer);
            }
            long middle = cpu();
            int flaws = 0;
            for (int i = 0; i < MESSAGES; i++) {
                flaws += check.flaws(signed, keys).size();
            }
            System.out.printf(
                    "%s, round %d: sign %d us, verify %d us of CPU a message of %d bytes, %d flaws%n",
                    name,
                    round,
                    (middle - start) / MESSAGES / 1000,
                    (cpu() - middle) / MESSAGES / 1000,
                    message.size(),
                    flaws);
        }
    }

    private SignedContent sign(MessageSigner signer) throws IOException {
        return ((SigningResult.Signed) signer.sign(message)).content();
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
