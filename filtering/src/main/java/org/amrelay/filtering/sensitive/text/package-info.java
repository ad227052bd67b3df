// SPDX-License-Identifier: Apache-2.0
/**
 * A text as the detectors of sensitive values read it: runs of letters and digits, key words near a place, links.
 *
 * <p>Entry type: {@link org.amrelay.filtering.sensitive.text.Reading}. Each view of a text is made once, in linear time, when it is first
 * asked for. Key words are immutable and safe for several threads; a reading belongs to one thread. It decides nothing.
 */
@NullMarked
package org.amrelay.filtering.sensitive.text;

import org.jspecify.annotations.NullMarked;
