// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import org.amrelay.server.admin.Operations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code amr ban}: networks that are kept out because they guessed passwords. */
@Command(
        name = "ban",
        description = "Networks that are kept out because they failed to log in too often.",
        mixinStandardHelpOptions = true)
final class BanCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: list or remove");
    }

    @Command(name = "list", description = "List the bans that hold now.", mixinStandardHelpOptions = true)
    int list(@Mixin HomeOption home, @Mixin Output output) {
        try (Operations operations = Door.open(home.home())) {
            output.printAll(
                    operations.submission().bans(),
                    "nobody is banned",
                    ban -> output.out()
                            .println(ban.network() + " until " + ban.until() + ", for the " + ban.number() + ". time"));
            return 0;
        }
    }

    @Command(name = "remove", description = "Lift a ban and forget its past.", mixinStandardHelpOptions = true)
    int remove(
            @Mixin HomeOption home,
            @Parameters(paramLabel = "NETWORK", description = "as amr ban list shows it") String network) {
        try (Operations operations = Door.open(home.home())) {
            boolean removed = operations.submission().liftBan(network);
            spec.commandLine().getOut().println(network + (removed ? " may try again" : " was not banned"));
            spec.commandLine().getOut().flush();
            return removed ? 0 : 1;
        }
    }
}
