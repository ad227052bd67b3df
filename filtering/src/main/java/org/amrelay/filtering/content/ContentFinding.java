// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

/** Where a condition found what it asks for; see {@link ContentHit}. */
record ContentFinding(String part, int offset, String evidence) {}
