// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.text;

/**
 * A link that mail programs make of plain text. Immutable.
 *
 * @param offset where it starts in the text
 * @param hasScheme false when it is only a name, which not all programs make a link of
 */
public record TextLink(LinkAddress address, int offset, boolean hasScheme) {}
