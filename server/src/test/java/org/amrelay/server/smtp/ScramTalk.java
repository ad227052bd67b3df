// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** A client's side of SCRAM-SHA-256 over SMTP. */
final class ScramTalk {
    private ScramTalk() {}

    /** The reply to the proof. */
    static String logIn(Client client, String account, String password) throws GeneralSecurityException {
        return talk(client, "SCRAM-SHA-256", "n,,", new byte[0], account, password);
    }

    /** The same, tied to a certificate. */
    static String logInBound(Client client, X509Certificate server, String account, String password)
            throws GeneralSecurityException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(server.getEncoded());
        return talk(client, "SCRAM-SHA-256-PLUS", "p=tls-server-end-point,,", hash, account, password);
    }

    private static String talk(
            Client client, String mechanism, String gs2, byte[] binding, String account, String password)
            throws GeneralSecurityException {
        String bare = "n=" + account + ",r=clientNonce";
        String reply = client.writes("AUTH " + mechanism + " " + Client.base64(gs2 + bare))
                .reads();
        if (!reply.startsWith("334 ")) {
            return reply;
        }
        String challenge = new String(Base64.getDecoder().decode(reply.substring(4)), StandardCharsets.UTF_8);
        String[] parts = challenge.split(",", 3);
        byte[] salt = Base64.getDecoder().decode(parts[1].substring(2));
        int iterations = Integer.parseInt(parts[2].substring(2));
        byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(new PBEKeySpec(password.toCharArray(), salt, iterations, 256))
                .getEncoded();
        byte[] header = gs2.getBytes(StandardCharsets.UTF_8);
        byte[] channel = new byte[header.length + binding.length];
        System.arraycopy(header, 0, channel, 0, header.length);
        System.arraycopy(binding, 0, channel, header.length, binding.length);
        String last = "c=" + Base64.getEncoder().encodeToString(channel) + "," + parts[0];
        byte[] clientKey = hmac(salted, "Client Key");
        byte[] proof =
                hmac(MessageDigest.getInstance("SHA-256").digest(clientKey), bare + "," + challenge + "," + last);
        for (int i = 0; i < proof.length; i++) {
            proof[i] ^= clientKey[i];
        }
        return client.writes(Client.base64(last + ",p=" + Base64.getEncoder().encodeToString(proof)))
                .reads();
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}
