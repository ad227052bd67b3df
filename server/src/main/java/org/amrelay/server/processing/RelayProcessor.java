// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.processing;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.mail.MessagingException;
import org.amrelay.james.Addresses;
import org.amrelay.james.Jump;
import org.amrelay.james.QuarantineMarks;
import org.amrelay.james.RelayMailet;
import org.amrelay.server.queue.LineObserver;
import org.amrelay.server.queue.OpenItem;
import org.amrelay.server.queue.OpenItems;
import org.amrelay.server.queue.ProcessingFailed;
import org.amrelay.storage.spool.TraceStep;
import org.apache.james.core.MailAddress;
import org.apache.james.mailetcontainer.impl.MatcherMailetPair;
import org.apache.james.mailetcontainer.lib.AbstractStateMailetProcessor;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One processor of {@code mailetcontainer.xml}: its lines in order, each for the recipients that its matcher picks.
 *
 * <p>Reads the configuration as James does. Differs in what happens when something goes wrong: an exception of a matcher
 * or mailet makes the whole item be tried later, unless the line says otherwise with {@code onMatchException} or
 * {@code onMailetException}; so does a mail that reaches the end of the processor undecided, which James drops. Safe for
 * several threads once configured.
 */
final class RelayProcessor extends AbstractStateMailetProcessor {
    private static final Logger LOGGER = LoggerFactory.getLogger(RelayProcessor.class);

    private final OpenItems openItems;
    private List<MatchedMailet> lines = List.of();
    private List<Jump> places = List.of();

    RelayProcessor(OpenItems openItems) {
        this.openItems = openItems;
    }

    @Override
    protected void setupRouting(List<MatcherMailetPair> pairs) {
        lines = pairs.stream().map(MatchedMailet::of).toList();
        places = IntStream.range(0, lines.size())
                .mapToObj(at -> new Jump(
                        getState(), at, lines.get(at).condition(), lines.get(at).name(), ""))
                .toList();
    }

    List<MatchedMailet> lines() {
        return lines;
    }

    @Override
    public void service(Mail mail) throws MessagingException {
        OpenItem item = openItems
                .of(mail)
                .orElseThrow(() -> new ProcessingFailed(mail.getName() + " does not come from the spool"));
        List<Mail> here = List.of(mail);
        for (int at = first(mail); at < lines.size(); at++) {
            List<Mail> staying = new ArrayList<>(here.size() + 1);
            for (Mail each : here) {
                run(at, each, item, staying);
            }
            here = staying;
            if (here.isEmpty()) {
                return;
            }
        }
        for (Mail left : here) {
            end(left, item);
        }
    }

    /** The line with which the mail begins: the first, but for mail that goes on where it was taken out. */
    private int first(Mail mail) {
        return QuarantineMarks.goOnAfter(mail)
                .filter(line -> line.processor().equals(getState()))
                .map(this::behind)
                .orElse(0);
    }

    /** The configuration may have changed meanwhile: a line is known by its words, and by its number among equal ones. */
    private int behind(Jump line) {
        if (line.line() < places.size() && places.get(line.line()).isLike(line)) {
            return line.line() + 1;
        }
        List<Jump> alike = places.stream().filter(line::isLike).toList();
        if (alike.size() == 1) {
            return alike.get(0).line() + 1;
        }
        LOGGER.warn("there is no {} any more: mail that went on behind it starts from the first line", line);
        return 0;
    }

    /** Runs one line for one mail and tells which mails go on to the next line. */
    private void run(int at, Mail mail, OpenItem item, List<Mail> staying) throws MessagingException {
        MatchedMailet line = lines.get(at);
        long start = System.nanoTime();
        List<MailAddress> matched = match(line, mail);
        if (!mail.getState().equals(getState())) {
            leave(at, mail, staying);
            return;
        }
        if (matched.isEmpty()) {
            item.observer().line(getState(), line.condition(), line.name(), List.of(), micros(start), "");
            staying.add(mail);
            return;
        }
        Mail target = mail;
        if (matched.size() < mail.getRecipients().size()) {
            target = MailSplitter.split(item, mail, matched);
            staying.add(mail);
        }
        item.runs(at + 1 < lines.size() ? Optional.of(places.get(at)) : Optional.empty());
        for (Mail part : divided(line, target, item)) {
            serve(line, part, item, start);
            leave(at, part, staying);
        }
    }

    /** A mailet may treat recipients differently; then each group of them is a mail of its own. */
    private static List<Mail> divided(MatchedMailet line, Mail mail, OpenItem item) throws MessagingException {
        if (mail.getRecipients().size() < 2 || !(line.mailet() instanceof RelayMailet<?> own)) {
            return List.of(mail);
        }
        List<List<MailAddress>> groups = own.division(mail);
        List<Mail> parts = new ArrayList<>(groups.size());
        parts.add(mail);
        for (List<MailAddress> group : groups.subList(1, groups.size())) {
            parts.add(MailSplitter.split(item, mail, MailSplitter.common(mail, group)));
        }
        return parts;
    }

    private void serve(MatchedMailet line, Mail mail, OpenItem item, long start) throws MessagingException {
        List<String> matched = item.observer() == LineObserver.NOBODY
                ? List.of()
                : mail.getRecipients().stream().map(MailAddress::asString).toList();
        Accounting accounting = Accounting.before(item, mail);
        try {
            line.mailet().service(mail);
        } catch (Exception | LinkageError failure) {
            String next = line.onMailetException()
                    .orElseThrow(() -> new ProcessingFailed(
                            line.name() + " in processor " + getState() + " failed: " + failure, failure));
            if (next.equals("ignore")) {
                LOGGER.warn("{}: {} failed, which the configuration ignores", mail.getName(), line.name(), failure);
            } else {
                fail(mail, next, line.name(), failure);
            }
        }
        if (mail.getRecipients().isEmpty()) {
            mail.setState(Mail.GHOST);
        }
        String changed = accounting.after(line.name() + " in processor " + getState());
        if (!changed.isEmpty()) {
            item.step(new TraceStep(getState(), line.condition(), line.name(), micros(start), changed));
        }
        if (item.observer() != LineObserver.NOBODY) {
            item.observer().line(getState(), line.condition(), line.name(), matched, micros(start), changed);
        }
    }

    private static long micros(long start) {
        return (System.nanoTime() - start) / 1000;
    }

    private List<MailAddress> match(MatchedMailet line, Mail mail) throws ProcessingFailed {
        try {
            Collection<MailAddress> matched = line.matcher().match(mail);
            if (matched == null || matched.isEmpty()) {
                return List.of();
            }
            return matched == mail.getRecipients() ? List.copyOf(matched) : MailSplitter.common(mail, matched);
        } catch (Exception | LinkageError failure) {
            String next = line.onMatchException()
                    .orElseThrow(() -> new ProcessingFailed(
                            line.condition() + " in processor " + getState() + " failed: " + failure, failure));
            LOGGER.warn("{}: {} failed, the configuration says {}", mail.getName(), line.condition(), next, failure);
            switch (next) {
                case "nomatch" -> {
                    return List.of();
                }
                case "matchall" -> {
                    return List.copyOf(mail.getRecipients());
                }
                default -> {
                    fail(mail, next, line.condition(), failure);
                    return List.of();
                }
            }
        }
    }

    /** To the processor that the configuration names for exceptions, with the exception as James' mailets expect it. */
    private static void fail(Mail mail, String processor, String offender, Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        mail.setState(processor);
        mail.setErrorMessage("Exception calling " + offender + ": " + text);
        mail.setAttribute(new Attribute(Mail.MAILET_ERROR, AttributeValue.ofUnserializable(failure)));
        LOGGER.warn("{}: {} failed, the mail goes to processor {}", mail.getName(), offender, processor, failure);
    }

    private void leave(int at, Mail mail, List<Mail> staying) throws MessagingException {
        if (mail.getState().equals(getState())) {
            staying.add(mail);
        } else if (!mail.getState().equals(Mail.GHOST)) {
            places.get(at).attach(mail);
            toProcessor(mail);
        }
    }

    private void end(Mail mail, OpenItem item) throws MessagingException {
        Optional<Jump> sentBy = QuarantineMarks.mayGoBack(mail) ? Jump.of(mail) : Optional.empty();
        if (sentBy.isPresent()) {
            QuarantineMarks.goOnAfter(mail, sentBy.get());
            toProcessor(mail);
            return;
        }
        Optional<MailAddress> undecided = mail.getRecipients().stream()
                .filter(recipient -> !item.isDelivered(Addresses.of(recipient)))
                .findFirst();
        if (undecided.isPresent()) {
            throw new ProcessingFailed("the processor " + getState() + " ended without a decision about "
                    + undecided.get().asString() + "; let its last line take every mail");
        }
        mail.setState(Mail.GHOST);
    }
}
