// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import java.util.concurrent.Executor;
import org.amrelay.delivery.client.SmtpClient;

/** What all attempts share. */
record AttemptTools(
        SmtpClient client,
        HostFinder finder,
        ConnectionPool pool,
        AddressHealth health,
        LaneLimits limits,
        Executor executor) {}
