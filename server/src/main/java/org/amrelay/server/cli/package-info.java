// SPDX-License-Identifier: Apache-2.0
/**
 * The command line: {@code amr}.
 *
 * <p>Entry type: {@link org.amrelay.server.cli.Amr}. One class for each command; commands say what to do and print the
 * answer, they decide nothing. The only place that writes to standard output. Exit codes: 0 done, 1 the answer is no or it
 * failed, 2 wrong usage or configuration.
 */
@NullMarked
package org.amrelay.server.cli;

import org.jspecify.annotations.NullMarked;
