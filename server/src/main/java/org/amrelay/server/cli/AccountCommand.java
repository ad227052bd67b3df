// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import java.util.ArrayList;
import java.util.List;
import org.amrelay.server.admin.Answers;
import org.amrelay.server.admin.Operations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code amr account}: who may submit mail. */
@Command(
        name = "account",
        description = "Accounts that may submit mail.",
        mixinStandardHelpOptions = true,
        subcommands = {AppPasswordCommand.class, CertificateCommand.class})
final class AccountCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "say what to do: add, list, password, remove, contained, contain, release, recall, app-password or certificate");
    }

    @Command(name = "add", description = "Add an account; asks for its password.", mixinStandardHelpOptions = true)
    int add(
            @Mixin HomeOption home,
            @Mixin PasswordOption password,
            @Parameters(paramLabel = "ADDRESS", description = "like you@example.org") String name) {
        try (Operations operations = Door.open(home.home())) {
            boolean added = operations.addAccount(name, password.read());
            say(added ? name + " added" : name + " exists already; amr account password changes its password");
            return added ? 0 : 1;
        }
    }

    @Command(name = "list", description = "List the accounts.", mixinStandardHelpOptions = true)
    int list(@Mixin HomeOption home, @Mixin Output output) {
        try (Operations operations = Door.open(home.home())) {
            List<String> names = new ArrayList<>();
            for (List<String> page = operations.accounts("", Operations.MOST); !page.isEmpty(); ) {
                names.addAll(page);
                page = operations.accounts(page.get(page.size() - 1), Operations.MOST);
            }
            output.printAll(
                    names,
                    "no accounts yet: amr account add you@example.org",
                    name -> output.out().println(name));
            return 0;
        }
    }

    @Command(name = "password", description = "Change an account's password.", mixinStandardHelpOptions = true)
    int password(
            @Mixin HomeOption home, @Mixin PasswordOption password, @Parameters(paramLabel = "ADDRESS") String name) {
        try (Operations operations = Door.open(home.home())) {
            boolean changed = operations.changePassword(name, password.read());
            say(changed ? "password of " + name + " changed" : name + " is not there");
            return changed ? 0 : 1;
        }
    }

    @Command(name = "remove", description = "Remove an account.", mixinStandardHelpOptions = true)
    int remove(@Mixin HomeOption home, @Parameters(paramLabel = "ADDRESS") String name) {
        try (Operations operations = Door.open(home.home())) {
            boolean removed = operations.removeAccount(name);
            say(removed ? name + " removed" : name + " is not there");
            return removed ? 0 : 1;
        }
    }

    @Command(
            name = "contained",
            description = "List the accounts whose mail is held, and why.",
            mixinStandardHelpOptions = true)
    int contained(@Mixin HomeOption home, @Mixin Output output) {
        try (Operations operations = Door.open(home.home())) {
            output.printAll(
                    operations.containment().contained(),
                    "no account is contained",
                    new ContainmentText(output.out())::account);
            return 0;
        }
    }

    @Command(
            name = "contain",
            description = "Hold what an account has queued and what it sends from now on.",
            mixinStandardHelpOptions = true)
    int contain(@Mixin HomeOption home, @Parameters(paramLabel = "ADDRESS") String name) {
        try (Operations operations = Door.open(home.home())) {
            boolean isNew = operations.containment().contain(name);
            say(
                    isNew
                            ? "the mail of " + name + " is held until amr account release " + name
                            : name + " is contained already");
            return isNew ? 0 : 1;
        }
    }

    @Command(
            name = "release",
            description = "Let an account send again, and let all go that was held of it.",
            mixinStandardHelpOptions = true)
    int release(@Mixin HomeOption home, @Mixin Output output, @Parameters(paramLabel = "ADDRESS") String name) {
        try (Operations operations = Door.open(home.home())) {
            Answers.Released done = operations.containment().release(name);
            output.print(done, released -> new ContainmentText(output.out()).released(name, released));
            return done.wasContained() || done.released() > 0 ? 0 : 1;
        }
    }

    @Command(
            name = "recall",
            description = "Cancel all that an account has queued, and hold what it sends from now on; nobody is told.",
            mixinStandardHelpOptions = true)
    int recall(
            @Mixin HomeOption home,
            @Mixin Output output,
            @Parameters(paramLabel = "ADDRESS") String name,
            @Option(names = "--yes", description = "do it: without this, only say what would be cancelled")
                    boolean yes) {
        try (Operations operations = Door.open(home.home())) {
            if (!yes) {
                output.print(operations.containment().queued(name), impact -> {
                    new QueueText(output.out()).impact("recall", impact);
                    output.out().println("nothing is done yet; add --yes");
                });
                return 1;
            }
            Answers.Ordered done = operations.containment().recall(name);
            output.print(done, ordered -> new ContainmentText(output.out()).recalled(name, ordered));
            return 0;
        }
    }

    private void say(String sentence) {
        spec.commandLine().getOut().println(sentence);
        spec.commandLine().getOut().flush();
    }
}
