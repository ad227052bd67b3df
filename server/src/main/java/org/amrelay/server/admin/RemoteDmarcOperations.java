// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import java.util.List;

/** Asks the running relay. */
record RemoteDmarcOperations(RemoteOperations remote) implements DmarcOperations {
    @Override
    public List<Answers.DmarcSource> sources(String domain, int days, int limit) {
        return remote.list("/api/dmarc" + query(domain, days, limit), Answers.DmarcSource.class);
    }

    @Override
    public List<Answers.DmarcFailure> failures(String domain, int days, int limit) {
        return remote.list("/api/dmarc/failures" + query(domain, days, limit), Answers.DmarcFailure.class);
    }

    private static String query(String domain, int days, int limit) {
        return "?domain=" + RemoteOperations.encoded(domain) + "&days=" + days + "&limit=" + limit;
    }
}
