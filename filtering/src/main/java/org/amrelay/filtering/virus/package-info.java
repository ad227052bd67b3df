// SPDX-License-Identifier: Apache-2.0
/**
 * Whether a message carries malware, as ClamAV or another engine says.
 *
 * <p>{@link org.amrelay.filtering.virus.VirusScanner} is asked with the message's bytes and says {@link
 * org.amrelay.filtering.virus.ScanResult}: clean, infected by what, not scannable and why, or that no engine answers.
 * What follows from that is decided elsewhere. Safe for several threads; waits only on threads of its own.
 */
@NullMarked
package org.amrelay.filtering.virus;

import org.jspecify.annotations.NullMarked;
