// SPDX-License-Identifier: Apache-2.0
/**
 * What large providers ask of those who write to many, looked at before a campaign does damage.
 *
 * <p>Entry type: {@link org.amrelay.filtering.preflight.CampaignWatch}. {@link org.amrelay.filtering.preflight.Preflight} looks at
 * the message, {@link org.amrelay.filtering.preflight.PublishedNames} at the DNS. Decides nothing. Safe for several threads.
 */
@NullMarked
package org.amrelay.filtering.preflight;

import org.jspecify.annotations.NullMarked;
