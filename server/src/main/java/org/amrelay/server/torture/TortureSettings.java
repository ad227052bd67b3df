// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.torture;

import java.nio.file.Path;

/**
 * What to do to the relay.
 *
 * @param rounds how often it is killed, 1 or more
 * @param seed of all that is random: instants, mails
 * @param clients that send at the same time, 1 or more
 * @param home a directory that does not exist yet or is empty
 * @param fault what fails in each round besides the kill
 */
record TortureSettings(int rounds, long seed, int clients, Path home, Fault fault) {
    /** A failure of the disk. */
    enum Fault {
        NONE,
        /** No space is left for some time. */
        DISK_FULL,
        /** Writing and syncing fail for some time. */
        IO_ERROR
    }
}
