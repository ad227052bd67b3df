// SPDX-License-Identifier: Apache-2.0
/**
 * Who sent this: all that is known of the origin of one message.
 *
 * <p>Entry type: {@link org.amrelay.authentication.MessageAuthenticator}, which runs the evaluators of the packages below
 * side by side and puts their results into one {@link org.amrelay.authentication.MessageVerdict}. Each evaluator can be
 * used alone as well. Refuses nothing itself; safe for several threads.
 */
@NullMarked
package org.amrelay.authentication;

import org.jspecify.annotations.NullMarked;
