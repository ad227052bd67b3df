// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amrelay.mail.message.DecodedField;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.message.MessagePart;
import org.amrelay.mail.message.MessageView;
import org.amrelay.mail.message.PartPlace;

/**
 * Puts texts in the place of attachments; all other bytes of the message stay as they are.
 *
 * <p>The part itself stays, as a text, so that the message keeps its structure. Stateless.
 */
public final class AttachmentReplacement {
    private static final int LINE = 76;

    private AttachmentReplacement() {}

    /**
     * The message with the texts.
     *
     * @param replaced texts by the paths of attachments; of one inside of another the outer one goes
     * @return empty when one of them cannot be taken out, because it does not stand in the message as a file of its own
     */
    public static Optional<MessageContent> of(MessageView view, Map<String, String> replaced) {
        Map<MessagePart, String> parts = new LinkedHashMap<>();
        for (Map.Entry<String, String> each : replaced.entrySet()) {
            Optional<MessagePart> part = outermost(view, each.getKey());
            if (part.isEmpty()) {
                return Optional.empty();
            }
            parts.putIfAbsent(part.get(), each.getValue());
        }
        List<SplicedContent.Cut> cuts = new ArrayList<>();
        for (Map.Entry<MessagePart, String> each : parts.entrySet()) {
            PartPlace place = each.getKey().place().orElseThrow();
            cuts.add(new SplicedContent.Cut(
                    place.headerStart(), place.bodyEnd(), instead(each.getKey(), each.getValue())));
        }
        return Optional.of(new SplicedContent(view.content(), cuts));
    }

    /** The file that stands in the message and holds what the path names. */
    private static Optional<MessagePart> outermost(MessageView view, String path) {
        String first = path.contains("/") ? path.substring(0, path.indexOf('/')) : path;
        Optional<MessagePart> found = view.part(first).or(() -> view.part("1." + first));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        String own = found.get().path();
        // From the outside in: what is in a forwarded message goes with its part there, not with the whole message
        return view.parts().stream()
                .filter(part -> own.equals(part.path()) || own.startsWith(part.path() + "."))
                .filter(part -> part.place().isPresent() && (part.isAttachment() || isSealed(part, own)))
                .findFirst();
    }

    /** An encoded message inside, of which no single part can be taken out. */
    private static boolean isSealed(MessagePart part, String path) {
        return part.encoding().encodes() && part.isContainer() && !part.path().equals(path);
    }

    private static byte[] instead(MessagePart part, String text) {
        StringBuilder out = new StringBuilder();
        if (part.depth() == 0) {
            for (DecodedField field : part.header().fields()) {
                if (!field.key().startsWith("content-") && !field.name().isEmpty()) {
                    out.append(field.field().raw()).append("\r\n");
                }
            }
        }
        out.append("Content-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: base64\r\n");
        out.append("Content-Disposition: inline\r\n\r\n");
        byte[] body = java.util.Base64.getMimeEncoder(LINE, new byte[] {'\r', '\n'})
                .encode((text + (text.isEmpty() ? "" : "\r\n")).getBytes(StandardCharsets.UTF_8));
        out.append(new String(body, StandardCharsets.ISO_8859_1));
        return out.append(part.depth() == 0 ? "\r\n" : "").toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
