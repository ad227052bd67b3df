// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp;

/**
 * Says that a hook waits for nothing: no disk, no network, no lock that is held for long.
 *
 * <p>While all hooks of a server say so, its commands run on the event loop; a single other hook moves them to a pool.
 */
public interface DoesNotBlock {}
