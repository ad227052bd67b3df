// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

/** A message of James that keeps the view of its bytes, which hence goes when the message goes. */
public interface HoldsView {
    /** The place for the view; copies of the message that have the same bytes share it. */
    ViewSlot viewSlot();
}
