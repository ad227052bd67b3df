// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import org.amrelay.server.admin.Operations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code amr domain}: whose mail is ours to take. */
@Command(name = "domain", description = "Domains whose mail this relay takes.", mixinStandardHelpOptions = true)
final class DomainCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: add, list or remove");
    }

    @Command(name = "add", description = "Take mail for a domain.", mixinStandardHelpOptions = true)
    int add(
            @Mixin HomeOption home,
            @Parameters(paramLabel = "DOMAIN", description = "like example.org") String domain) {
        try (Operations operations = Door.open(home.home())) {
            say(operations.addDomain(domain) ? domain + " added" : domain + " was there already");
            return 0;
        }
    }

    @Command(name = "list", description = "List the domains.", mixinStandardHelpOptions = true)
    int list(@Mixin HomeOption home, @Mixin Output output) {
        try (Operations operations = Door.open(home.home())) {
            output.printAll(operations.domains(), "no domains yet: amr domain add example.org", output.out()::println);
            return 0;
        }
    }

    @Command(name = "remove", description = "Take no more mail for a domain.", mixinStandardHelpOptions = true)
    int remove(@Mixin HomeOption home, @Parameters(paramLabel = "DOMAIN") String domain) {
        try (Operations operations = Door.open(home.home())) {
            boolean removed = operations.removeDomain(domain);
            say(removed ? domain + " removed" : domain + " is not there");
            return removed ? 0 : 1;
        }
    }

    private void say(String sentence) {
        spec.commandLine().getOut().println(sentence);
        spec.commandLine().getOut().flush();
    }
}
