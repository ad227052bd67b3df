// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.html;

import java.util.List;
import java.util.Set;
import org.amrelay.mail.text.LinkAddress;

/**
 * What is in an HTML part. Immutable.
 *
 * @param visible the text that a reader sees, one line per block
 * @param hidden the text that he does not see
 * @param conditional text in comments that only Outlook shows
 * @param title of the document
 * @param links in their order
 * @param addresses other addresses that are fetched or followed: of style sheets, frames, refreshes, scripts
 * @param scripts how many scripts and event attributes there are
 * @param refreshes where it wants to lead without being asked
 * @param hiding the ways in which text is hidden
 * @param invisibleCharacters how many characters of no width are in the visible text
 * @param isWhole false when a limit left something out
 */
public record HtmlContent(
        String visible,
        String hidden,
        String conditional,
        String title,
        List<HtmlLink> links,
        List<HtmlForm> forms,
        List<HtmlImage> images,
        List<LinkAddress> addresses,
        int scripts,
        List<LinkAddress> refreshes,
        Set<Hiding> hiding,
        int invisibleCharacters,
        boolean isWhole) {
    /** Of a part that is no HTML. */
    public static final HtmlContent NONE = new HtmlContent(
            "", "", "", "", List.of(), List.of(), List.of(), List.of(), 0, List.of(), Set.of(), 0, true);

    public HtmlContent {
        links = List.copyOf(links);
        forms = List.copyOf(forms);
        images = List.copyOf(images);
        addresses = List.copyOf(addresses);
        refreshes = List.copyOf(refreshes);
        hiding = Set.copyOf(hiding);
    }
}
