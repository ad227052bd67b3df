// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

/** A host to be resolved when its turn comes, and the port to try there. */
record PlannedHost(String host, int port) {}
