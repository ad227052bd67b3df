// SPDX-License-Identifier: Apache-2.0
/**
 * What a host's DNSSEC-signed records say about its certificates (RFC 7672, RFC 6698, RFC 7671).
 *
 * <p>Entry types: {@link org.amrelay.delivery.dane.DaneEvaluator} finds the records,
 * {@link org.amrelay.delivery.dane.DaneCheck} judges a server by them. Believes only what {@code Dns} says is authentic;
 * never takes a failed look-up for the absence of records.
 */
@NullMarked
package org.amrelay.delivery.dane;

import org.jspecify.annotations.NullMarked;
