// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.html;

import java.util.Optional;
import org.amrelay.mail.text.LinkAddress;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/**
 * Reads an HTML part. Fetches nothing, runs nothing, and never fails; takes time in proportion to the limits. Stateless.
 */
public final class HtmlReader {
    private static final int MOST_SHEETS = 20;

    private HtmlReader() {}

    /** What is in a document or a piece of one. */
    public static HtmlContent read(String html, HtmlLimits limits) {
        boolean isWhole = html.length() <= limits.characters();
        Document document = parse(isWhole ? html : html.substring(0, limits.characters()), limits);
        return new HtmlWalk(limits, sheet(document, html), base(document, html), isWhole).through(document);
    }

    static Document parse(String html, HtmlLimits limits) {
        return Parser.htmlParser().setMaxDepth(limits.depth()).parseInput(html, "");
    }

    private static StyleSheet sheet(Document document, String html) {
        StyleSheet sheet = new StyleSheet();
        if (containsTag(html, "<style")) {
            document.getElementsByTag("style").stream().limit(MOST_SHEETS).forEach(style -> sheet.add(style.data()));
        }
        return sheet;
    }

    /** The first base that has an address applies to all links (HTML §4.2.3). */
    private static Optional<LinkAddress> base(Document document, String html) {
        if (!containsTag(html, "<base")) {
            return Optional.empty();
        }
        for (Element base : document.getElementsByTag("base")) {
            LinkAddress address = LinkAddress.parse(base.attr("href"));
            if (address.hasHost()) {
                return Optional.of(address);
            }
        }
        return Optional.empty();
    }

    private static boolean containsTag(String html, String tag) {
        for (int at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) {
            if (html.regionMatches(true, at, tag, 0, tag.length())) {
                return true;
            }
        }
        return false;
    }
}
