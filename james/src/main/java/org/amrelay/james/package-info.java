// SPDX-License-Identifier: Apache-2.0
/**
 * The seam: James' {@code Mail} becomes our values here and nowhere else, and our decisions become its states.
 *
 * <p>Entry types: {@link org.amrelay.james.RelayMailet}, {@link org.amrelay.james.RelayMatcher} and
 * {@link org.amrelay.james.RelayHook}, the bases of everything James loads from us. James makes one object per line of
 * configuration, calls {@code init} once and then {@code service}, {@code match} or the hook from many threads.
 *
 * <p>A class of ours returns what it decided ({@link org.amrelay.james.Action}, a set of recipients, a
 * {@link org.amrelay.james.HookAnswer}); the base performs it and writes one log line. The bases are the only place that
 * catches wide, and what they catch is tried later: James' own way with an exception, the {@code error} processor, is
 * never taken.
 */
@NullMarked
package org.amrelay.james;

import org.jspecify.annotations.NullMarked;
