// SPDX-License-Identifier: Apache-2.0
/**
 * Mail that is kept back for a person to decide about: what is known of it, how long it is kept, who is told.
 *
 * <p>Entry types: {@link org.amrelay.filtering.quarantine.QuarantineStore} (look, release, delete),
 * {@link org.amrelay.filtering.quarantine.QuarantineKeeper} (ages and limits),
 * {@link org.amrelay.filtering.quarantine.DigestRound} (mail to recipients, with links that
 * {@link org.amrelay.filtering.quarantine.LinkSigner} proves) and
 * {@link org.amrelay.filtering.quarantine.PreviewComposer} (a look inside that runs and loads nothing). What is decided is
 * decided per recipient. Values are immutable, all else is safe for several threads. Never decides whether mail is spam.
 */
@NullMarked
package org.amrelay.filtering.quarantine;

import org.jspecify.annotations.NullMarked;
