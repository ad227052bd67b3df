// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import java.util.List;
import java.util.Optional;

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

    /** The new app password, which nobody can read again; empty when there is one of that name. */
    Optional<String> addAppPassword(String account, String name);

    List<Answers.LogIn> appPasswords(String account);

    /** Whether it was there. */
    boolean removeAppPassword(String account, String name);

    /** Whether it was new; the certificate is in PEM. */
    boolean addCertificate(String account, String name, String pem);

    List<Answers.LogIn> certificates(String account);

    /** Whether it was there. */
    boolean removeCertificate(String account, String name);

    /** The bans that hold now. */
    List<Answers.Banned> bans();

    /** Lifts a ban and forgets its past; whether there was one. */
    boolean liftBan(String network);
}
