// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import org.apache.james.protocols.api.ClientAuth;
import org.apache.james.protocols.netty.Encryption;

/** How one port uses the common {@link TlsIdentity}: from the first byte on, or after STARTTLS. Safe for several threads. */
record RelayEncryption(TlsIdentity identity, boolean startTls, Duration handshakeTime, boolean askForCertificate)
        implements Encryption {
    @Override
    public boolean isStartTLS() {
        return startTls;
    }

    @Override
    public boolean supportsEncryption() {
        return true;
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return new String[0];
    }

    @Override
    public ClientAuth getClientAuth() {
        return askForCertificate ? ClientAuth.WANT : ClientAuth.NONE;
    }

    @Override
    public SslHandler sslHandler() {
        return identity.handler(handshakeTime, askForCertificate);
    }
}
