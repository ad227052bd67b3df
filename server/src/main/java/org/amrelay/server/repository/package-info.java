// SPDX-License-Identifier: Apache-2.0
/**
 * James' mail repositories on our storage.
 *
 * <p>Entry type: {@link org.amrelay.server.repository.RelayRepositories}. Every protocol of a repository URL
 * ({@code relay://}, {@code file://}, {@code memory://}) means the same durable storage. A mail that is stored while it is being
 * processed becomes durable with the outcome of processing.
 */
@NullMarked
package org.amrelay.server.repository;

import org.jspecify.annotations.NullMarked;
