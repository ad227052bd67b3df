// SPDX-License-Identifier: Apache-2.0
/** What authentication costs, measured with JMH; {@code benchmarks/authentication/run.sh} runs it. */
@NullMarked
package org.amrelay.benchmarks;

import org.jspecify.annotations.NullMarked;
