// SPDX-License-Identifier: Apache-2.0
/**
 * What a reader of an HTML part sees, what is hidden from him, and where it would take him.
 *
 * <p>Entry type: {@link org.amrelay.mail.html.HtmlReader}, which gives an {@link org.amrelay.mail.html.HtmlContent}. Nothing is
 * fetched and no script runs. Style sheets are not evaluated, only style attributes and the simplest selectors; what is
 * hidden by others counts as seen. Input beyond a limit is left out and said to be.
 */
@NullMarked
package org.amrelay.mail.html;

import org.jspecify.annotations.NullMarked;
