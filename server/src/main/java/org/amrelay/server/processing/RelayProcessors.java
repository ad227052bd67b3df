// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.processing;

import javax.inject.Inject;
import javax.mail.MessagingException;
import org.amrelay.server.queue.OpenItem;
import org.amrelay.server.queue.OpenItems;
import org.amrelay.server.queue.ProcessingFailed;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.mailetcontainer.api.MailProcessor;
import org.apache.james.mailetcontainer.api.MailetLoader;
import org.apache.james.mailetcontainer.api.MatcherLoader;
import org.apache.james.mailetcontainer.lib.AbstractStateCompositeProcessor;
import org.apache.mailet.Mail;
import org.apache.mailet.MailetContext;

/**
 * All processors of {@code mailetcontainer.xml}; a mail goes to the one that its state names.
 *
 * <p>A state that no processor has, and a mail that goes round in circles, are failures of processing. Management beans
 * for each mailet, which James counts into on every call, exist only with {@code enableJmx="true"}. Safe for several
 * threads once configured.
 */
public final class RelayProcessors extends AbstractStateCompositeProcessor {
    private static final int MOST_TRANSITIONS = 100;

    private final MailetContext context;
    private final MatcherLoader matchers;
    private final MailetLoader mailets;
    private final OpenItems openItems;

    @Inject
    public RelayProcessors(MailetContext context, MatcherLoader matchers, MailetLoader mailets, OpenItems openItems) {
        this.context = context;
        this.matchers = matchers;
        this.mailets = mailets;
        this.openItems = openItems;
    }

    @Override
    public void configure(HierarchicalConfiguration<ImmutableNode> config) {
        if (!config.containsKey("[@enableJmx]")) {
            config.addProperty("[@enableJmx]", false);
        }
        super.configure(config);
    }

    @Override
    public void service(Mail mail) throws MessagingException {
        MailProcessor processor = getProcessor(mail.getState());
        if (processor == null) {
            throw new ProcessingFailed("there is no processor " + mail.getState());
        }
        int transitions = openItems.of(mail).map(OpenItem::countTransition).orElse(0);
        if (transitions > MOST_TRANSITIONS) {
            throw new ProcessingFailed("the mail went through " + MOST_TRANSITIONS + " processors, the last is "
                    + mail.getState() + ": they send it round in circles");
        }
        processor.service(mail);
    }

    @Override
    protected MailProcessor createMailProcessor(String name, HierarchicalConfiguration<ImmutableNode> config)
            throws Exception {
        RelayProcessor processor = new RelayProcessor(openItems);
        processor.setMailetContext(context);
        processor.setMailetLoader(mailets);
        processor.setMatcherLoader(matchers);
        processor.setRootMailProcessor(this);
        processor.configure(config);
        processor.init();
        return processor;
    }
}
