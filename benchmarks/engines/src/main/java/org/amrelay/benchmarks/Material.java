// SPDX-License-Identifier: Apache-2.0
package org.amrelay.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.amrelay.authentication.dkim.OwnKey;
import org.amrelay.authentication.dkim.SignatureAlgorithm;
import org.amrelay.authentication.dkim.SignatureProvider;
import org.amrelay.authentication.dkim.SignedNames;
import org.amrelay.authentication.dkim.SigningKey;
import org.amrelay.authentication.keys.MessageSigner;
import org.amrelay.authentication.keys.SigningResult;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.ZoneFileDns;
import org.amrelay.mail.message.MessageContent;

/** A message of 10 KB, keys, and what the DNS says of them; a zone in memory is as good as a warm cache. */
final class Material {
    static final String DOMAIN = "relay.example";

    private static final int ED25519_OCTETS = 32;

    private final KeyPair rsa;
    private final KeyPair ed25519;

    Material() {
        this.rsa = pair("RSA", 2048);
        this.ed25519 = pair("Ed25519", 255);
    }

    private static KeyPair pair(String name, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(name);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    OwnKey rsaKey() {
        return new OwnKey(
                new SigningKey(DOMAIN, "r", SignatureAlgorithm.RSA_SHA256, rsa.getPrivate()), rsa.getPublic());
    }

    OwnKey ed25519Key() {
        return new OwnKey(
                new SigningKey(DOMAIN, "e", SignatureAlgorithm.ED25519_SHA256, ed25519.getPrivate()),
                ed25519.getPublic());
    }

    static MessageSigner signer(SignatureProvider provider, OwnKey... keys) {
        List<OwnKey> all = List.of(keys);
        return new MessageSigner(domain -> all, SignedNames.SEEN, Optional.empty(), provider, InstantSource.system());
    }

    /** The same message as {@link #message()}, signed, in one piece as it comes over the wire. */
    MessageContent signed(OwnKey... keys) {
        try {
            SigningResult.Signed signed = (SigningResult.Signed)
                    signer(SignatureProvider.ofJava(), keys).sign(message());
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            signed.content().open().transferTo(octets);
            return MessageContent.of(octets.toByteArray());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static MessageContent message() {
        String header = "Received: from a.example by b.example; Wed, 25 Nov 2026 10:00:00 +0000\r\n"
                + "From: Alice <alice@relay.example>\r\nTo: bob@elsewhere.example\r\nSubject: a test\r\n"
                + "Date: Wed, 25 Nov 2026 10:00:00 +0000\r\nMessage-ID: <1@relay.example>\r\n"
                + "MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n";
        return MessageContent.of((header + "A line of text that people might write to each other.\r\n".repeat(182))
                .getBytes(StandardCharsets.US_ASCII));
    }

    Dns dns() {
        byte[] point = ed25519.getPublic().getEncoded();
        String zone = String.join(
                "\n",
                DOMAIN + ". TXT \"v=spf1 a mx include:provider.example ip6:2001:db8::/32 -all\"",
                DOMAIN + ". A 192.0.2.7",
                DOMAIN + ". MX 10 mx." + DOMAIN + ".",
                "mx." + DOMAIN + ". A 192.0.2.8",
                "provider.example. TXT \"v=spf1 ip4:192.0.2.1 ip4:192.0.2.2 ~all\"",
                "_dmarc." + DOMAIN + ". TXT \"v=DMARC1; p=reject; rua=mailto:d@" + DOMAIN + "\"",
                "r._domainkey." + DOMAIN + ". TXT \"v=DKIM1; k=rsa; p="
                        + Base64.getEncoder().encodeToString(rsa.getPublic().getEncoded()) + "\"",
                "e._domainkey." + DOMAIN + ". TXT \"v=DKIM1; k=ed25519; p="
                        + Base64.getEncoder()
                                .encodeToString(Arrays.copyOfRange(point, point.length - ED25519_OCTETS, point.length))
                        + "\"",
                "1.2.0.192.in-addr.arpa. PTR mx.provider.example.",
                "mx.provider.example. A 192.0.2.1",
                "");
        try {
            return ZoneFileDns.parse(zone);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static InetAddress client() {
        try {
            return InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1});
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
