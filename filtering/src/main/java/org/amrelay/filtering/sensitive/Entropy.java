// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive;

/** How much a text looks as if it were drawn by lot. Stateless. */
final class Entropy {
    private Entropy() {}

    /** Shannon's entropy of its characters in bits for each; those beyond US-ASCII count as one. */
    static double bits(String text) {
        int[] counts = new int[129];
        for (int i = 0; i < text.length(); i++) {
            counts[Math.min(text.charAt(i), 128)]++;
        }
        double bits = 0;
        for (int count : counts) {
            if (count > 0) {
                double share = (double) count / text.length();
                bits -= share * Math.log(share) / Math.log(2);
            }
        }
        return bits;
    }
}
