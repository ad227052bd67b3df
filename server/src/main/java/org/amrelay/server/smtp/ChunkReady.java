// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.amrelay.server.smtp.DataReady.Receiver;
import org.apache.james.protocols.api.Response;

/**
 * What BDAT asks the connection to do: read so many octets, whatever becomes of them, and answer then (RFC 3030 §2).
 *
 * @param receiver of the message
 * @param size octets of the chunk, 0 or more
 * @param last whether the message ends with it
 * @param refusal the answer when the chunk is thrown away
 */
record ChunkReady(Receiver receiver, long size, boolean last, Optional<Response> refusal) implements Response {
    private static final int MOST_DIGITS = 18;

    /** Reads {@code 1000} or {@code 1000 LAST}; empty for anything else. */
    static Optional<ChunkReady> parse(String argument, Receiver receiver) {
        String[] words = argument.strip().split(" +", -1);
        boolean number = !words[0].isEmpty()
                && words[0].length() <= MOST_DIGITS
                && words[0].chars().allMatch(c -> c >= '0' && c <= '9');
        boolean last = words.length == 2 && words[1].toUpperCase(Locale.ROOT).equals("LAST");
        return number && (last || words.length == 1)
                ? Optional.of(new ChunkReady(receiver, Long.parseLong(words[0]), last, Optional.empty()))
                : Optional.empty();
    }

    ChunkReady refused(Response answer) {
        return new ChunkReady(receiver, size, last, Optional.of(answer));
    }

    @Override
    public String getRetCode() {
        return "";
    }

    @Override
    public List<CharSequence> getLines() {
        return List.of();
    }

    @Override
    public boolean isEndSession() {
        return false;
    }
}
