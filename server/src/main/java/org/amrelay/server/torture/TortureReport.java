// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.torture;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * The three books compared; all numbers count recipients unless they say otherwise.
 *
 * @param accepted that clients got 250 for
 * @param delivered of those and of the ones in doubt: the ledger says so and the destination has it
 * @param bounced for good, and the sender's notice is delivered or queued
 * @param queued still waiting at the end
 * @param lost accepted, but neither delivered nor bounced nor queued
 * @param duplicated second and further copies at the destination
 * @param duplicatedInDoubt those of them that are excused
 * @param inDoubtAtKill whose answer a kill cut off between destination and commit
 * @param inDoubtAtPeer whose answer the destination never gave; the ledger says so
 * @param inDoubtAtClient of mails whose client got no answer to the final dot
 * @param inDoubtTaken those of them that the relay had taken
 * @param damaged messages that arrived other than they were sent
 * @param unaccounted what {@code amr audit} says
 * @param restarts how often the relay came back
 * @param findings what is wrong, one line each, at most 100
 */
record TortureReport(
        int rounds,
        long seed,
        double seconds,
        int restarts,
        long accepted,
        long delivered,
        long bounced,
        long queued,
        long lost,
        long duplicated,
        long duplicatedInDoubt,
        long inDoubtAtKill,
        long inDoubtAtPeer,
        long inDoubtAtClient,
        long inDoubtTaken,
        long damaged,
        long refusedInTrouble,
        long unaccounted,
        List<String> findings) {
    TortureReport {
        findings = List.copyOf(findings);
    }

    /** All kinds of doubt together. */
    @JsonProperty
    long inDoubt() {
        return inDoubtAtKill + inDoubtAtPeer + inDoubtAtClient;
    }

    /** Whether every promise was kept. */
    @JsonProperty
    boolean passed() {
        return lost == 0
                && duplicated == duplicatedInDoubt
                && unaccounted == 0
                && damaged == 0
                && findings.isEmpty()
                && accepted > 0;
    }
}
