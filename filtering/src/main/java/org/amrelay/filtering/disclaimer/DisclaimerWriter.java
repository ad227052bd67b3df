// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.disclaimer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.amrelay.filtering.content.SplicedContent;
import org.amrelay.mail.message.MessagePart;
import org.amrelay.mail.message.MessageView;

/**
 * Appends a disclaimer to the texts of a message, to all of its alternatives or to none.
 *
 * <p>A message that already shows the text, as a reply does that quotes it, does not get it again. Reads the texts into memory,
 * up to 2 MB each. Stateless.
 */
public final class DisclaimerWriter {
    private static final long LARGEST = 2 * 1024 * 1024;

    private DisclaimerWriter() {}

    /**
     * The message with the disclaimer.
     *
     * @throws IOException when the message cannot be read
     */
    public static DisclaimerResult add(MessageView view, Disclaimer disclaimer) throws IOException {
        Optional<String> seal = DisclaimerTargets.seal(view.root());
        if (seal.isPresent()) {
            return new DisclaimerResult.LeftAlone(seal.get());
        }
        List<MessagePart> targets = DisclaimerTargets.of(view.root());
        if (targets.isEmpty()) {
            return new DisclaimerResult.LeftAlone("it has no text to append to");
        }
        if (targets.stream().anyMatch(part -> part.encodedSize() > LARGEST)) {
            return new DisclaimerResult.LeftAlone("a text of it is larger than 2 MB");
        }
        if (isShown(view, disclaimer)) {
            return new DisclaimerResult.LeftAlone("it has the text already");
        }
        List<SplicedContent.Cut> cuts = new ArrayList<>();
        for (MessagePart target : targets) {
            Optional<List<SplicedContent.Cut>> edit = PartEdit.of(view.content(), target, disclaimer);
            if (edit.isEmpty()) {
                return new DisclaimerResult.LeftAlone("a text of it cannot be written again");
            }
            cuts.addAll(edit.get());
        }
        return new DisclaimerResult.Added(new SplicedContent(view.content(), cuts), targets.size());
    }

    private static boolean isShown(MessageView view, Disclaimer disclaimer) {
        return view.bodies().stream()
                .map(part -> FoldedText.of(part.visibleText()))
                .anyMatch(text -> disclaimer.marks().stream().anyMatch(text::contains));
    }
}
