// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** The server's side of SCRAM-SHA-256 in an SMTP session (RFC 5802 §3), written apart from the client's. */
final class ScramServer {
    private static final byte[] SALT = "salt and pepper".getBytes(UTF_8);
    private static final int ITERATIONS = 4096;

    private final String user;
    private final String password;
    private final AtomicInteger letIn = new AtomicInteger();
    private boolean believesEverything;

    ScramServer(String user, String password) {
        this.user = user;
        this.password = password;
    }

    ScramServer believingEverything() {
        believesEverything = true;
        return this;
    }

    int letIn() {
        return letIn.get();
    }

    void converse(HandmadePeer.Line line) throws IOException {
        line.say("220 hello");
        line.read();
        line.say("250-h.example", "250 AUTH PLAIN SCRAM-SHA-256");
        String[] command = line.read().split(" ", 3);
        String first = decode(command[2]);
        if (!command[1].equals("SCRAM-SHA-256") || !first.startsWith("n,,n=" + user + ",r=")) {
            throw new IllegalStateException("unexpected: " + first);
        }
        String bare = first.substring(3);
        String challenge = bare.substring(bare.indexOf("r=")) + "server,s="
                + Base64.getEncoder().encodeToString(SALT) + ",i=" + ITERATIONS;
        line.say("334 " + encode(challenge));
        String last = decode(line.read());
        String withoutProof = last.substring(0, last.indexOf(",p="));
        byte[] proof = Base64.getDecoder().decode(last.substring(last.indexOf(",p=") + 3));
        byte[] signature = check(bare + "," + challenge + "," + withoutProof, proof);
        if (signature.length == 0) {
            line.say("535 5.7.8 no");
        } else {
            line.say("334 " + encode("v=" + Base64.getEncoder().encodeToString(signature)));
            if (line.read().isEmpty()) {
                letIn.incrementAndGet();
                line.say("235 2.7.0 welcome");
            }
        }
        line.read();
    }

    /** The server's signature, or nothing when the proof is wrong. */
    private byte[] check(String authMessage, byte[] proof) {
        try {
            byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(password.toCharArray(), SALT, ITERATIONS, 256))
                    .getEncoded();
            byte[] stored = MessageDigest.getInstance("SHA-256").digest(mac(salted, "Client Key"));
            byte[] clientKey = mac(stored, authMessage);
            for (int i = 0; i < clientKey.length; i++) {
                clientKey[i] ^= proof[i];
            }
            boolean right = Arrays.equals(MessageDigest.getInstance("SHA-256").digest(clientKey), stored);
            return right || believesEverything ? mac(mac(salted, "Server Key"), authMessage) : new byte[0];
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] mac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(UTF_8));
    }

    private static String encode(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private static String decode(String text) {
        return new String(Base64.getDecoder().decode(text), UTF_8);
    }
}
