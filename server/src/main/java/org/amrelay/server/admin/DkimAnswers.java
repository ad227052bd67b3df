// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

/** The shapes of what operators read of DKIM keys; as {@link Answers}. */
public interface DkimAnswers {
    /**
     * A key.
     *
     * @param state next, active or retired
     * @param publishedSince for a key that waits; empty when the DNS has not shown it
     */
    record Key(
            String domain,
            String selector,
            String algorithm,
            String state,
            String createdAt,
            String since,
            String publishedSince) {}

    /**
     * A record, and what the DNS shows of it.
     *
     * @param record one line of a zone file
     * @param finding published, missing, different or unknown
     * @param advice what to do; empty when all is well
     */
    record Published(Key key, String name, String value, String record, String finding, String advice) {}
}
