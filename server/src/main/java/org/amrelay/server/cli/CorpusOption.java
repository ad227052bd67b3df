// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The folders of messages that somebody has judged. */
final class CorpusOption {
    @Option(
            names = "--ham",
            required = true,
            paramLabel = "DIR",
            description = "folder of wanted mail: files, Maildir, mbox")
    private Path ham = Path.of("");

    @Option(names = "--spam", required = true, paramLabel = "DIR", description = "folder of spam")
    private Path spam = Path.of("");

    Path ham() {
        return ham;
    }

    Path spam() {
        return spam;
    }
}
