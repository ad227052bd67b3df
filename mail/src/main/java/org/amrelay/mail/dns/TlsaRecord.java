// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.dns;

/**
 * A certificate association (RFC 6698 §2.1).
 *
 * @param usage 0 to 255
 * @param selector 0 to 255
 * @param matching 0 to 255
 * @param association lower-case hexadecimal
 */
public record TlsaRecord(int usage, int selector, int matching, String association) {}
