// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.quarantine;

/**
 * What a decision did.
 *
 * @param mails for how many something changed
 * @param recipients how many copies changed
 * @param before for how many mails there was nothing left to decide; deciding twice is no mistake
 * @param refused how many mails may not be released
 */
public record Decided(long mails, long recipients, long before, long refused) {
    public static final Decided NOTHING = new Decided(0, 0, 0, 0);

    public Decided plus(Decided other) {
        return new Decided(
                mails + other.mails, recipients + other.recipients, before + other.before, refused + other.refused);
    }
}
