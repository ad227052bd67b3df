// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import java.io.PrintWriter;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.amrelay.server.explain.Explanation;

/** An explanation for people. */
final class ExplanationText {
    private final PrintWriter out;

    ExplanationText(PrintWriter out) {
        this.out = out;
    }

    void print(Explanation answer) {
        out.println(answer.disposition() + ": " + Output.safe(answer.reply()));
        line("  ", answer.reason());
        out.println("at the port");
        answer.session().forEach(said -> line("  ", said.command(), "->", said.reply()));
        out.println("who sent it");
        origin(answer.authentication());
        if (!answer.steps().isEmpty()) {
            out.println("processing");
        }
        for (Explanation.Step step : answer.steps()) {
            out.printf(
                    "  %-12s %s %s -> %s%s%n",
                    step.processor(),
                    step.matched() ? "yes" : "no ",
                    Output.safe(step.matcher()),
                    step.mailet(),
                    step.changes().isEmpty() ? "" : ": " + Output.safe(step.changes()));
        }
        if (!answer.content().isEmpty()) {
            out.println("content rules");
        }
        answer.content().forEach(hit -> line("  ", hit.rule(), hit.mode(), hit.part(), hit.evidence()));
        out.println("recipients");
        answer.recipients().forEach(to -> line("  ", to.address(), to.disposition(), to.route(), to.reason()));
    }

    private void origin(Explanation.Authentication origin) {
        line(
                "  spf",
                origin.spf().result(),
                origin.spf().domain(),
                origin.spf().reason(),
                origin.spf().explanation());
        origin.dkim().forEach(dkim -> line("  dkim", dkim.result(), dkim.domain(), dkim.selector(), dkim.reason()));
        if (origin.dkim().isEmpty()) {
            out.println("  dkim none");
        }
        Explanation.Dmarc dmarc = origin.dmarc();
        line(
                "  dmarc",
                dmarc.result(),
                dmarc.domain(),
                dmarc.policy().isEmpty() ? "" : "p=" + dmarc.policy(),
                dmarc.reason());
        line("  arc", origin.arc().result(), origin.arc().reason());
        line(
                "  iprev",
                origin.iprev().result(),
                origin.iprev().name(),
                origin.iprev().reason());
    }

    private void line(String first, String... words) {
        String rest = Stream.of(words).filter(word -> !word.isEmpty()).collect(Collectors.joining(" "));
        if (!rest.isEmpty()) {
            out.println(first + (first.isBlank() ? "" : " ") + Output.safe(rest));
        }
    }
}
