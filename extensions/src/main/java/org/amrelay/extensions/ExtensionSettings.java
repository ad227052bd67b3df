// SPDX-License-Identifier: Apache-2.0
package org.amrelay.extensions;

import java.util.Optional;
import org.amrelay.mail.settings.Parameter;

/**
 * What {@code extensions.properties} may say about the relay, each name with {@code amr.} in front.
 *
 * <p>Immutable.
 */
public record ExtensionSettings(
        @Parameter(description = "directory of the deliveries, relative to James' own", defaultsTo = "var/amr")
        String directory,

        @Parameter(
                description = "name for EHLO and in notices; the machine's when it is not set",
                example = "relay.example.org")
        Optional<String> hostname,

        @Parameter(
                description = "port of mail exchangers, other than 25 for tests only",
                defaultsTo = "25",
                min = 1,
                max = 65535)
        int mxPort,

        @Parameter(
                description = "file of the routes, relative to James' own directory; none when it is not set",
                example = "conf/routes.yaml")
        Optional<String> routes,

        @Parameter(
                description = "file of the virus scanners, relative to James' own directory; none when it is not set",
                example = "conf/scanners.yaml")
        Optional<String> scanners,

        @Parameter(
                description = "file of the content rules, relative to James' own directory; none when it is not set",
                example = "conf/content-rules.yaml")
        Optional<String> contentRules,

        @Parameter(
                description =
                        "folder with the disclaimers of domains, relative to James' own directory; none without it",
                defaultsTo = "conf/disclaimers")
        String disclaimers,

        @Parameter(
                description =
                        "folder with the languages of notices, relative to James' own directory; English without it",
                defaultsTo = "conf/notices")
        String notices,

        @Parameter(description = "language of notices about mail that names none", defaultsTo = "en")
        String noticeLanguage,

        @Parameter(
                description = "how many days a bounce keeps an address on the suppression list",
                defaultsTo = "180",
                min = 1,
                max = 3650)
        int suppressionDays) {}
