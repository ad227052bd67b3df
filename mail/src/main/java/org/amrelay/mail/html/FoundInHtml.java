// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.amrelay.mail.text.LinkAddress;
import org.amrelay.mail.text.LinkFinder;
import org.amrelay.mail.text.TextLink;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;

/** Links, forms, images and other addresses of one document, up to a limit of each. For one document. */
final class FoundInHtml {
    private static final int LONGEST_TEXT = 2000;

    private final HtmlLimits limits;
    private final Optional<LinkAddress> base;
    private final List<HtmlLink> links = new ArrayList<>();
    private final List<HtmlForm> forms = new ArrayList<>();
    private final List<HtmlImage> images = new ArrayList<>();
    private final List<LinkAddress> addresses = new ArrayList<>();
    private final List<LinkAddress> refreshes = new ArrayList<>();
    private int scripts;
    private boolean isWhole = true;
    private boolean inForm;
    private Optional<LinkAddress> action = Optional.empty();
    private int fields;
    private int passwords;

    FoundInHtml(HtmlLimits limits, Optional<LinkAddress> base) {
        this.limits = limits;
        this.base = base;
    }

    Optional<LinkAddress> base() {
        return base;
    }

    /** What is not a matter of text: called when an element starts. */
    void element(Element element) {
        switch (element.normalName()) {
            case "form" -> {
                endOfForm();
                inForm = true;
                action = address(element, "action");
            }
            case "input", "select", "textarea" -> field(element);
            case "button" -> address(element, "formaction").ifPresent(to -> add(addresses, to));
            case "img" -> image(element);
            case "script" -> {
                scripts++;
                address(element, "src").ifPresent(to -> add(addresses, to));
            }
            case "meta" -> meta(element);
            case "iframe", "frame", "embed", "source", "video", "audio", "track" ->
                address(element, "src").ifPresent(to -> add(addresses, to));
            case "object" -> address(element, "data").ifPresent(to -> add(addresses, to));
            case "link" -> address(element, "href").ifPresent(to -> add(addresses, to));
            case "style" -> styleAddresses(element.data());
            case "image" ->
                address(element, "href")
                        .or(() -> address(element, "xlink:href"))
                        .ifPresent(to -> add(addresses, to));
            default -> {}
        }
    }

    private void field(Element element) {
        String type = element.attr("type").toLowerCase(Locale.ROOT);
        if (type.equals("image") || type.equals("submit")) {
            address(element, "formaction").ifPresent(to -> add(addresses, to));
        }
        if (!type.equals("hidden") && !type.equals("submit") && !type.equals("button") && !type.equals("image")) {
            fields++;
        }
        if (type.equals("password")) {
            passwords++;
        }
        // A field without a form is one that a script reads
        inForm |= !type.equals("hidden");
    }

    void endOfForm() {
        if (inForm) {
            add(forms, new HtmlForm(action, fields, passwords));
        }
        inForm = false;
        action = Optional.empty();
        fields = 0;
        passwords = 0;
    }

    private void image(Element element) {
        String source = element.attr("src");
        if (!source.isBlank()) {
            String cut = source.length() > LONGEST_TEXT ? source.substring(0, LONGEST_TEXT) : source;
            add(
                    images,
                    new HtmlImage(
                            resolved(cut), size(element, "width"), size(element, "height"), cut(element.attr("alt"))));
        }
    }

    private static int size(Element element, String name) {
        double attribute = Declarations.leadingNumber(element.attr(name).strip());
        double value = Double.isNaN(attribute)
                ? Declarations.parse(element.attr("style")).number(name)
                : attribute;
        return Double.isNaN(value) || value < 0 || element.attr(name).endsWith("%")
                ? -1
                : (int) Math.min(value, 100_000);
    }

    /** {@code <meta http-equiv=refresh content="0; url=…">} */
    private void meta(Element element) {
        if (!element.attr("http-equiv").equalsIgnoreCase("refresh")) {
            return;
        }
        String content = element.attr("content");
        int url = content.toLowerCase(Locale.ROOT).indexOf("url=");
        if (url >= 0) {
            add(refreshes, resolved(unquoted(content.substring(url + 4))));
        }
    }

    private static String unquoted(String text) {
        String value = text.strip();
        int end = value.length();
        if (!value.isEmpty() && (value.charAt(0) == '"' || value.charAt(0) == '\'')) {
            int close = value.indexOf(value.charAt(0), 1);
            return value.substring(1, close < 0 ? end : close);
        }
        return value;
    }

    /** Event handlers, and addresses in attributes of any element. */
    void attributes(Element element) {
        for (Attribute attribute : element.attributes()) {
            String key = attribute.getKey();
            if (key.length() > 3 && key.regionMatches(true, 0, "on", 0, 2)) {
                scripts++;
            } else if (key.equalsIgnoreCase("style") && attribute.getValue().contains("(")) {
                styleAddresses(attribute.getValue());
            } else if (key.equalsIgnoreCase("background")
                    && !attribute.getValue().isBlank()) {
                add(addresses, resolved(attribute.getValue()));
            }
        }
    }

    private void styleAddresses(String css) {
        String lower = css.toLowerCase(Locale.ROOT);
        for (int at = lower.indexOf("url("); at >= 0; at = lower.indexOf("url(", at + 4)) {
            int end = css.indexOf(')', at);
            if (end < 0) {
                return;
            }
            String written = unquoted(css.substring(at + 4, Math.min(end, at + 4 + LONGEST_TEXT)));
            if (!written.isBlank()) {
                add(addresses, resolved(written));
            }
        }
    }

    void link(Element element, String text, boolean isHidden) {
        String shownText = cut(text);
        LinkAddress address = resolved(element.attr("href"));
        add(links, new HtmlLink(address, shownText, shown(shownText), isHidden));
        if (address.scheme().equals("javascript")) {
            scripts++;
        }
    }

    /** The address that a text names: when it is little more than that. */
    private static Optional<LinkAddress> shown(String text) {
        List<TextLink> named = text.indexOf('.') < 0 ? List.of() : LinkFinder.in(text, 1);
        return named.stream().map(TextLink::address).findFirst();
    }

    private Optional<LinkAddress> address(Element element, String attribute) {
        String written = element.attr(attribute);
        return written.isBlank() ? Optional.empty() : Optional.of(resolved(written));
    }

    private LinkAddress resolved(String href) {
        return Resolution.of(href, base);
    }

    private static String cut(String text) {
        return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
    }

    private <T> void add(List<T> list, T one) {
        if (list.size() < limits.links()) {
            list.add(one);
        } else {
            isWhole = false;
        }
    }

    void addAll(HtmlContent content) {
        content.links().forEach(one -> add(links, one));
        content.images().forEach(one -> add(images, one));
        content.forms().forEach(one -> add(forms, one));
        content.addresses().forEach(one -> add(addresses, one));
        content.refreshes().forEach(one -> add(refreshes, one));
        scripts += content.scripts();
    }

    List<HtmlLink> links() {
        return links;
    }

    /** Also the one that did not end. */
    List<HtmlForm> forms() {
        endOfForm();
        return forms;
    }

    List<HtmlImage> images() {
        return images;
    }

    List<LinkAddress> addresses() {
        return addresses;
    }

    List<LinkAddress> refreshes() {
        return refreshes;
    }

    int scripts() {
        return scripts;
    }

    boolean isWhole() {
        return isWhole;
    }
}
