// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import java.util.List;

/**
 * What an operator can ask and order about those who submit mail.
 *
 * <p>As {@link Operations}: implementations block and are safe for several threads; words that cannot be are an {@link
 * IllegalArgumentException} with a sentence for people.
 */
public interface SubmissionOperations {
    /** What the account may send under beside its own address; sorted. */
    List<String> identities(String account);

    /** Whether it was new. */
    boolean grantIdentity(String account, String identity);

    /** Whether it was there. */
    boolean revokeIdentity(String account, String identity);
}
