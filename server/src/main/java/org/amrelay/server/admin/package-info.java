// SPDX-License-Identifier: Apache-2.0
/**
 * What an operator can ask of a relay and tell it, and the HTTP door to it.
 *
 * <p>{@link org.amrelay.server.admin.Operations} is the list; {@link org.amrelay.server.admin.StorageOperations} does it on
 * the storage (in the relay, or in the command line while none runs), {@link org.amrelay.server.admin.RemoteOperations}
 * asks a running relay. {@link org.amrelay.server.admin.AdminServer} serves {@code /api}, {@code /health} and the console
 * with the JDK's own HTTP server. {@link org.amrelay.server.admin.Answers} are the JSON shapes; fields are added, never
 * renamed. Passwords go in and never come out.
 */
@NullMarked
package org.amrelay.server.admin;

import org.jspecify.annotations.NullMarked;
