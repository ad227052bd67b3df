// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.util.Base64;
import java.util.List;
import org.amrelay.authentication.cases.TestKeys;
import org.amrelay.authentication.dkim.OwnKey;
import org.amrelay.authentication.dkim.SignatureAlgorithm;
import org.junit.jupiter.api.Test;

class PrivateKeyReaderTest {
    private static String pem(byte[] octets) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(octets)
                + "\n-----END PRIVATE KEY-----\n";
    }

    @Test
    void readsBothKindsAndComputesThePublicHalf() {
        for (KeyPair pair : List.of(TestKeys.RSA, TestKeys.ED25519)) {
            OwnKey key =
                    PrivateKeyReader.pem("a.example", "s", pem(pair.getPrivate().getEncoded()));

            assertThat(key.published().getEncoded()).isEqualTo(pair.getPublic().getEncoded());
            assertThat(key.signing().algorithm())
                    .isEqualTo(
                            pair == TestKeys.RSA ? SignatureAlgorithm.RSA_SHA256 : SignatureAlgorithm.ED25519_SHA256);
            assertThat(key)
                    .asString()
                    .isEqualTo("s._domainkey.a.example ("
                            + key.signing().algorithm().word() + ")");
        }
    }

    @Test
    void refusesWhatIsNoKeyOfOurs() {
        assertThatThrownBy(() -> PrivateKeyReader.pem("a", "s", "")).hasMessageContaining("BEGIN PRIVATE KEY");
        assertThatThrownBy(() -> PrivateKeyReader.pem("a", "s", "-----BEGIN RSA PRIVATE KEY-----"))
                .hasMessageContaining("openssl pkcs8");
        assertThatThrownBy(() -> PrivateKeyReader.pem("a", "s", pem(new byte[] {1, 2, 3})))
                .hasMessageContaining("neither an RSA nor an Ed25519 key");
        assertThatThrownBy(() -> PrivateKeyReader.pem(
                        "a", "s", pem(TestKeys.generate("EC", 256).getPrivate().getEncoded())))
                .hasMessageContaining("neither");
        assertThatThrownBy(() -> PrivateKeyReader.pem(
                        "a", "s", pem(TestKeys.generate("RSA", 512).getPrivate().getEncoded())))
                .hasMessageContaining("512 bits");
    }
}
