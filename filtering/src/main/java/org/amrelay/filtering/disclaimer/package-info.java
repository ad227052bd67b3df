// SPDX-License-Identifier: Apache-2.0
/**
 * Appends a text of the sender's domain to messages: to plain text, to HTML, to both where a message has both.
 *
 * <p>Entry types: {@link org.amrelay.filtering.disclaimer.DisclaimerFolder} reads the templates once,
 * {@link org.amrelay.filtering.disclaimer.DisclaimerWriter} appends one of them. Only the parts that get the text change; all
 * other bytes of a message stay as they are. All is immutable or stateless.
 *
 * <p>Never touches what is signed or encrypted (RFC 1847, RFC 8551, RFC 3156), and never appends what a reply still quotes.
 */
@NullMarked
package org.amrelay.filtering.disclaimer;

import org.jspecify.annotations.NullMarked;
