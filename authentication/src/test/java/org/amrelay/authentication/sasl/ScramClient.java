// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.sasl;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** The client's side of SCRAM-SHA-256, written apart from the server's. */
final class ScramClient {
    private ScramClient() {}

    static String finalMessage(String first, String challenge, String password, Optional<TlsBinding> binding) {
        try {
            String[] parts = challenge.split(",", 3);
            byte[] salt = Base64.getDecoder().decode(parts[1].substring(2));
            int iterations = Integer.parseInt(parts[2].substring(2));
            byte[] salted = password.isEmpty()
                    ? new byte[32]
                    : SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                            .generateSecret(new PBEKeySpec(password.toCharArray(), salt, iterations, 256))
                            .getEncoded();
            int bareAt = first.indexOf(',', first.indexOf(',') + 1) + 1;
            byte[] gs2 = first.substring(0, bareAt).getBytes(StandardCharsets.UTF_8);
            byte[] bound = binding.map(TlsBinding::value).orElse(new byte[0]);
            byte[] channel = new byte[gs2.length + bound.length];
            System.arraycopy(gs2, 0, channel, 0, gs2.length);
            System.arraycopy(bound, 0, channel, gs2.length, bound.length);
            String last = "c=" + Base64.getEncoder().encodeToString(channel) + "," + parts[0];
            byte[] clientKey = hmac(salted, "Client Key");
            byte[] stored = MessageDigest.getInstance("SHA-256").digest(clientKey);
            byte[] signature = hmac(stored, first.substring(bareAt) + "," + challenge + "," + last);
            for (int i = 0; i < signature.length; i++) {
                signature[i] ^= clientKey[i];
            }
            return last + ",p=" + Base64.getEncoder().encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}
