// SPDX-License-Identifier: Apache-2.0
/**
 * What a site itself calls sensitive: words, patterns, rows of a table, documents; and lists of mail addresses.
 *
 * <p>Entry types are the detectors. Of tables and documents only salted hashes are kept. Patterns are RE2's, so that none can hang.
 * Immutable, safe for several threads. It reads no file by itself.
 */
@NullMarked
package org.amrelay.filtering.sensitive.custom;

import org.jspecify.annotations.NullMarked;
