// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.quarantine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.HtmlSanitizer;
import org.owasp.html.HtmlStreamEventReceiver;
import org.owasp.html.HtmlStreamRenderer;
import org.owasp.html.PolicyFactory;

/**
 * HTML of strangers without all that runs, loads, leads away or hides: what is left is text in shape.
 *
 * <p>A link becomes its text with the target in brackets behind it, not to be clicked. Stateless.
 */
final class SafeHtml {
    private static final PolicyFactory POLICY = new HtmlPolicyBuilder()
            .allowElements(
                    "p",
                    "div",
                    "span",
                    "br",
                    "hr",
                    "b",
                    "strong",
                    "i",
                    "em",
                    "u",
                    "s",
                    "small",
                    "sub",
                    "sup",
                    "h1",
                    "h2",
                    "h3",
                    "h4",
                    "h5",
                    "h6",
                    "ul",
                    "ol",
                    "li",
                    "dl",
                    "dt",
                    "dd",
                    "blockquote",
                    "pre",
                    "code",
                    "table",
                    "thead",
                    "tbody",
                    "tfoot",
                    "tr",
                    "th",
                    "td",
                    "caption",
                    "a")
            .allowTextIn("table")
            .allowWithoutAttributes("span", "a")
            .allowUrlProtocols("http", "https", "mailto", "ftp", "tel")
            .allowAttributes("href")
            .onElements("a")
            .toFactory();

    private SafeHtml() {}

    /** @param links takes the targets of links */
    static String of(String html, List<String> links) {
        StringBuilder safe = new StringBuilder();
        HtmlSanitizer.sanitize(
                html, POLICY.apply(new WithoutLinks(HtmlStreamRenderer.create(safe, broken -> {}), links)));
        return safe.toString();
    }

    /** Shows where links lead instead of leading there. */
    private static final class WithoutLinks implements HtmlStreamEventReceiver {
        private final HtmlStreamEventReceiver out;
        private final List<String> links;
        private final Deque<String> open = new ArrayDeque<>();

        WithoutLinks(HtmlStreamEventReceiver out, List<String> links) {
            this.out = out;
            this.links = links;
        }

        @Override
        public void openDocument() {
            out.openDocument();
        }

        @Override
        public void closeDocument() {
            out.closeDocument();
        }

        @Override
        public void openTag(String element, List<String> attributes) {
            if (!element.toLowerCase(Locale.ROOT).equals("a")) {
                out.openTag(element, attributes);
                return;
            }
            int href = attributes.indexOf("href");
            open.push(href < 0 ? "" : MessageSummary.line(attributes.get(href + 1)));
            out.openTag("span", new ArrayList<>());
        }

        @Override
        public void closeTag(String element) {
            if (!element.toLowerCase(Locale.ROOT).equals("a")) {
                out.closeTag(element);
                return;
            }
            String target = open.isEmpty() ? "" : open.pop();
            if (!target.isEmpty()) {
                links.add(target);
                out.text(" [" + target + "]");
            }
            out.closeTag("span");
        }

        @Override
        public void text(String text) {
            out.text(text);
        }
    }
}
