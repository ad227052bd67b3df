// SPDX-License-Identifier: Apache-2.0
/**
 * What was found out about a message, as header fields say it (RFC 8601).
 *
 * <p>Entry type: {@link org.amrelay.authentication.results.AuthenticationResults}, plain values that other rooms may use;
 * {@link org.amrelay.authentication.results.AuthenticationResultsParser} reads the fields of others,
 * {@link org.amrelay.authentication.results.AuthenticationResultsField} writes ours, so that nothing a stranger chose can
 * end a field or a value, and finds the ones that pretend to be ours. Evaluates nothing, looks nothing up.
 */
@NullMarked
package org.amrelay.authentication.results;

import org.jspecify.annotations.NullMarked;
