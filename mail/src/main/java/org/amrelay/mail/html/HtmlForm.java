// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.html;

import java.util.Optional;
import org.amrelay.mail.text.LinkAddress;

/**
 * A form in mail. Immutable.
 *
 * @param action where its fields are sent; empty when that is nowhere
 * @param fields how many fields it has
 * @param passwordFields how many of them ask for a password
 */
public record HtmlForm(Optional<LinkAddress> action, int fields, int passwordFields) {}
