// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import java.nio.file.Path;
import org.amrelay.server.home.Home;
import picocli.CommandLine.Option;

/** {@code --home}, the same for all commands. */
final class HomeOption {
    @Option(names = "--home", paramLabel = "DIR", description = "the relay's directory (default: ./relay-home)")
    private Path directory = Path.of(Home.DEFAULT_DIRECTORY);

    Home home() {
        return new Home(directory);
    }
}
