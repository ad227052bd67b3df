// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.html;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.amrelay.mail.text.Invisibles;
import org.amrelay.mail.text.LinkAddress;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/** Goes through one document once, front to back, and notes what is in it. For one document. */
final class HtmlWalk implements NodeVisitor {
    private final HtmlLimits limits;
    private final StyleSheet sheet;
    private final FoundInHtml found;
    private final DrawnText visible = new DrawnText();
    private final DrawnText hidden = new DrawnText();
    private final StringBuilder conditional = new StringBuilder();
    private final Set<Hiding> hiding = EnumSet.noneOf(Hiding.class);
    /** By depth; the look of an element holds until its depth is entered again. */
    private final List<Look> looks = new ArrayList<>();

    private boolean isWhole;
    private int preformatted;
    private Optional<OpenLink> link = Optional.empty();
    /** What stands for the picture of the open link. */
    private String picture = "";

    HtmlWalk(HtmlLimits limits, StyleSheet sheet, Optional<LinkAddress> base, boolean isWhole) {
        this.limits = limits;
        this.sheet = sheet;
        this.found = new FoundInHtml(limits, base);
        this.isWhole = isWhole;
    }

    private record OpenLink(Element element, int visibleFrom, int hiddenFrom, boolean isHidden) {}

    HtmlContent through(Document document) {
        traverse(document);
        String seen = visible.toString();
        return new HtmlContent(
                seen,
                hidden.toString(),
                conditional.toString(),
                document.title(),
                found.links(),
                found.forms(),
                found.images(),
                found.addresses(),
                found.scripts(),
                found.refreshes(),
                hiding,
                Invisibles.count(seen),
                isWhole && found.isWhole());
    }

    private Look look(int depth) {
        return depth < 0 || looks.isEmpty() ? Look.PLAIN : looks.get(Math.min(depth, looks.size() - 1));
    }

    @Override
    public void head(Node node, int depth) {
        if (node instanceof TextNode text) {
            text(text, look(depth - 1));
        } else if (node instanceof Element element) {
            enter(element, depth);
        } else if (node instanceof Comment comment) {
            comment(comment.getData());
        }
    }

    private void enter(Element element, int depth) {
        Look parent = look(depth - 1);
        Look look = element instanceof Document ? parent : parent.within(element, sheet);
        while (looks.size() <= depth) {
            looks.add(look);
        }
        looks.set(depth, look);
        if (element.isBlock() || element.normalName().equals("br")) {
            lines();
        }
        boolean isHidden = look.hiding().isPresent();
        switch (element.normalName()) {
            case "a", "area" -> {
                if (element.hasAttr("href")) {
                    link = Optional.of(new OpenLink(element, visible.length(), hidden.length(), isHidden));
                    picture = element.attr("alt");
                }
            }
            case "pre" -> preformatted++;
            case "img" -> {
                picture = picture.isEmpty() ? element.attr("alt") : picture;
                found.element(element);
            }
            default -> found.element(element);
        }
        if (element.attributesSize() > 0) {
            found.attributes(element);
        }
    }

    @Override
    public void tail(Node node, int depth) {
        if (!(node instanceof Element element)) {
            return;
        }
        if (element.isBlock() || element.normalName().equals("td")) {
            lines();
        }
        switch (element.normalName()) {
            case "a", "area" -> link.filter(open -> open.element() == element).ifPresent(this::close);
            case "pre" -> preformatted--;
            case "form" -> found.endOfForm();
            default -> {}
        }
    }

    private void lines() {
        visible.line();
        hidden.line();
    }

    private void close(OpenLink open) {
        String seen = visible.from(open.visibleFrom());
        String text = seen.isEmpty() ? hidden.from(open.hiddenFrom()) : seen;
        found.link(open.element(), text.isEmpty() ? picture : text, open.isHidden());
        link = Optional.empty();
    }

    private void text(TextNode node, Look look) {
        Optional<Hiding> why = look.hiding();
        if (why.isEmpty()) {
            visible.append(node.getWholeText(), preformatted > 0);
        } else if (!node.isBlank() && !isTitle(node)) {
            hiding.add(why.get());
            hidden.append(node.getWholeText(), preformatted > 0);
        }
    }

    private static boolean isTitle(TextNode node) {
        return node.parentNode() != null && node.parentNode().normalName().equals("title");
    }

    /** What Outlook shows of {@code <!--[if mso]> … <![endif]-->}. */
    private void comment(String comment) {
        if (!comment.regionMatches(true, 0, "[if ", 0, 4)) {
            return;
        }
        int from = comment.indexOf("]>");
        int to = comment.lastIndexOf("<![");
        int room = limits.characters() - conditional.length();
        if (from < 0 || to <= from + 2 || room <= 0) {
            return;
        }
        String inside = comment.substring(from + 2, Math.min(to, from + 2 + room));
        isWhole &= to - from - 2 <= room;
        HtmlWalk within = new HtmlWalk(limits, sheet, found.base(), true);
        HtmlContent content = within.through(HtmlReader.parse(inside, limits));
        conditional.append(content.visible());
        found.addAll(content);
    }
}
