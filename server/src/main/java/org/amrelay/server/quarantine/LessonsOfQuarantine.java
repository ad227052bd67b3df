// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.quarantine;

import java.util.Optional;
import javax.inject.Inject;
import org.amrelay.filtering.quarantine.QuarantinedMail;
import org.amrelay.filtering.quarantine.SpamFeedback;
import org.amrelay.filtering.spam.SpamLessons;
import org.amrelay.filtering.spam.specimen.KnownOrigin;
import org.amrelay.filtering.spam.specimen.Specimen;
import org.amrelay.mail.address.Network;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.message.MessageView;
import org.amrelay.server.home.Home;

/** Teaches at once what people say of mail in quarantine, and keeps it as a sample. */
public final class LessonsOfQuarantine implements SpamFeedback {
    private final SpamLessons lessons;
    private final SpamSamples samples;

    @Inject
    public LessonsOfQuarantine(SpamLessons lessons, Home home) {
        this.lessons = lessons;
        this.samples = new SpamSamples(home);
    }

    @Override
    public void learn(QuarantinedMail mail, MessageContent content, boolean spam) {
        samples.learn(mail, content, spam);
        KnownOrigin origin = new KnownOrigin(
                Optional.of(mail.sender().toString()),
                Network.literal(mail.remoteAddress()),
                "",
                Optional.empty(),
                mail.account().isPresent(),
                Optional.empty(),
                Optional.of(mail.takenAt()));
        lessons.teach(MessageView.of(content, Specimen.limits()), origin, spam, Optional.empty());
    }
}
