// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.connect;

import java.net.InetAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import javax.inject.Inject;
import org.amrelay.smtp.DoesNotBlock;
import org.amrelay.smtp.auth.BanBook;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.ConnectHandler;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.SMTPSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a client away at once that is banned for guessing passwords; stands before the greeting.
 *
 * <p>Safe for several sessions; looks in memory.
 */
public final class RefuseBannedClient implements ConnectHandler<SMTPSession>, DoesNotBlock {
    private static final Logger LOG = LoggerFactory.getLogger(RefuseBannedClient.class);

    private final BanBook bans;

    @Inject
    public RefuseBannedClient(BanBook bans) {
        this.bans = bans;
    }

    @Override
    public @Nullable Response onConnect(SMTPSession session) {
        InetAddress client = session.getRemoteAddress().getAddress();
        Optional<Instant> until = bans.bannedUntil(client);
        if (until.isEmpty()) {
            return null;
        }
        LOG.info("{} is refused: {} is banned until {}", session.getSessionID(), client.getHostAddress(), until.get());
        SMTPResponse response = new SMTPResponse(
                "421",
                "4.7.0 too many failed log-ins from your network; try again after "
                        + until.get().plusSeconds(1).truncatedTo(ChronoUnit.SECONDS));
        response.setEndSession(true);
        return response;
    }
}
