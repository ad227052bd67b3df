// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

import java.time.DayOfWeek;
import java.util.Set;
import org.amrelay.mail.settings.Parameter;
import org.amrelay.mail.settings.SourceLine;

/** A window of time that a rule asks for; one that ends before it begins goes over midnight. */
public record TimeSettings(
        @Parameter(description = "monday to sunday; without it every day")
        Set<DayOfWeek> days,

        @Parameter(description = "from this time on", defaultsTo = "00:00")
        String from,

        @Parameter(description = "until before this time", defaultsTo = "24:00")
        String to,

        @Parameter(description = "time zone, such as Europe/Berlin", defaultsTo = "UTC")
        String zone,

        SourceLine line) {}
