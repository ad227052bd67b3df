// SPDX-License-Identifier: Apache-2.0
/**
 * One class per question that {@code mailetcontainer.xml} asks about a mail or its recipients.
 *
 * <p>Each is named so that {@code match="org.amrelay.matchers.Name=condition"} reads as the question, declares its
 * condition as a settings record, and holds no logic beyond reading the answer. Called from many threads. Never changes a
 * mail, and never guesses: what cannot be answered is tried later.
 */
@NullMarked
package org.amrelay.matchers;

import org.jspecify.annotations.NullMarked;
