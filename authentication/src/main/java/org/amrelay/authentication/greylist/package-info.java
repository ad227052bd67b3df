// SPDX-License-Identifier: Apache-2.0
/**
 * Has strangers come back once (greylisting, RFC 6647): who sends mail in earnest tries again, most others do not.
 *
 * <p>Entry type: {@link org.amrelay.authentication.greylist.Greylist}. Remembers the network of the client, the sender and
 * the recipients; networks that came back often enough are not asked any more. When the store does not work, mail comes
 * in. Owns the port {@link org.amrelay.authentication.greylist.GreylistStore}. Safe for several threads; blocks nowhere.
 */
@NullMarked
package org.amrelay.authentication.greylist;

import org.jspecify.annotations.NullMarked;
