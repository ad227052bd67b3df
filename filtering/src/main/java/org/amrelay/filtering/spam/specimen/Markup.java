// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam.specimen;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.amrelay.mail.html.Hiding;
import org.amrelay.mail.html.HtmlContent;
import org.amrelay.mail.html.HtmlForm;
import org.amrelay.mail.html.HtmlImage;
import org.amrelay.mail.message.MessagePart;

/**
 * What the HTML of a message adds up to. Immutable.
 *
 * @param parts how many parts are HTML
 * @param links links that are seen
 * @param images all images; {@code remote} of them come from elsewhere, {@code beacons} are too small to be seen
 * @param invisible characters that have no width
 */
public record Markup(
        int parts,
        int links,
        int forms,
        int passwords,
        int scripts,
        int images,
        int remote,
        int beacons,
        int refreshes,
        int invisible,
        Set<Hiding> hiding) {
    public Markup {
        hiding = Set.copyOf(hiding);
    }

    static Markup of(List<MessagePart> bodies) {
        List<HtmlContent> pages = bodies.stream()
                .filter(MessagePart::isHtml)
                .map(MessagePart::html)
                .toList();
        int[] sum = new int[9];
        Set<Hiding> hiding = EnumSet.noneOf(Hiding.class);
        for (HtmlContent page : pages) {
            sum[0] += page.links().size();
            sum[1] += page.forms().size();
            sum[2] += page.forms().stream().mapToInt(HtmlForm::passwordFields).sum();
            sum[3] += page.scripts();
            sum[4] += page.images().size();
            sum[5] += (int) page.images().stream()
                    .filter(image -> image.origin() == HtmlImage.Origin.REMOTE)
                    .count();
            sum[6] += (int) page.images().stream().filter(HtmlImage::isBeacon).count();
            sum[7] += page.refreshes().size();
            sum[8] += page.invisibleCharacters();
            hiding.addAll(page.hiding());
        }
        return new Markup(pages.size(), sum[0], sum[1], sum[2], sum[3], sum[4], sum[5], sum[6], sum[7], sum[8], hiding);
    }
}
