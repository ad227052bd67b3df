// SPDX-License-Identifier: Apache-2.0
/**
 * Text as people see it, whatever a sender did to its bytes and characters: charsets, folding, links.
 *
 * <p>Entry types: {@link org.amrelay.mail.text.TextDecoder}, {@link org.amrelay.mail.text.Folding},
 * {@link org.amrelay.mail.text.LinkAddress}, {@link org.amrelay.mail.text.LinkFinder}. All of it is stateless, takes time in
 * proportion to its input, and never fails on any input. It judges nothing: that a link has a number for a host is said, not
 * weighed.
 */
@NullMarked
package org.amrelay.mail.text;

import org.jspecify.annotations.NullMarked;
