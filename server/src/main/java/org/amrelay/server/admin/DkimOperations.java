// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import java.util.List;
import java.util.Optional;

/** What an operator can do with DKIM keys; as {@link Operations}. */
public interface DkimOperations {
    /** The keys of a domain, or of all when empty. */
    List<DkimAnswers.Key> list(String domain);

    /** Makes keys; blocks for a second or more. @param algorithms {@code rsa}, {@code ed25519} or {@code both} */
    List<DkimAnswers.Key> generate(String domain, Optional<String> selector, String algorithms);

    /** Makes the successors of the keys that sign; the keys that wait. */
    List<DkimAnswers.Key> rotate(String domain);

    /** Whether it was there. */
    boolean remove(String domain, String selector);

    /** The records of a domain, and what the DNS shows. @param zone text of a zone file to look into, instead of the DNS */
    List<DkimAnswers.Published> dns(String domain, Optional<String> zone);
}
