// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.message;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.amrelay.mail.html.HtmlContent;
import org.amrelay.mail.html.HtmlLink;
import org.amrelay.mail.message.MessageLink.Place;
import org.amrelay.mail.mime.MimeFlaw;
import org.amrelay.mail.text.LinkAddress;
import org.amrelay.mail.text.LinkFinder;
import org.amrelay.mail.text.TextLink;

/** Gathers the links of all parts in their order, up to a limit. For one message. */
final class ViewLinks {
    private final List<MessageLink> links = new ArrayList<>();
    private final List<Flaw> flaws = new ArrayList<>();
    private final int most;
    private String part = "";

    private ViewLinks(int most) {
        this.most = most;
    }

    static ViewLinks of(List<MessagePart> parts, int most) {
        ViewLinks links = new ViewLinks(most);
        for (MessagePart part : parts) {
            links.part = part.path();
            if (part.isHtml()) {
                links.html(part.html());
            } else if (part.isText() && !part.isAttachment()) {
                links.text(part.text(), Set.of());
            }
        }
        return links;
    }

    List<MessageLink> links() {
        return List.copyOf(links);
    }

    List<Flaw> flaws() {
        return List.copyOf(flaws);
    }

    private void html(HtmlContent html) {
        Set<String> known = new HashSet<>();
        for (HtmlLink link : html.links()) {
            add(link.address(), link.isHidden() ? Place.HIDDEN_HTML : Place.HTML, link.text(), link.shown());
            known.add(link.address().normal());
            link.shown().map(LinkAddress::normal).ifPresent(known::add);
        }
        html.forms().forEach(form -> form.action().ifPresent(to -> add(to, Place.FORM)));
        html.images().forEach(image -> add(image.source(), Place.IMAGE));
        html.refreshes().forEach(to -> add(to, Place.REFRESH));
        html.addresses().forEach(to -> add(to, Place.FETCHED));
        text(html.visible(), known);
        flaw(!html.isWhole());
    }

    private void text(String text, Set<String> known) {
        int room = most - links.size() + 1;
        for (TextLink link : LinkFinder.in(text, room)) {
            if (!known.contains(link.address().normal())) {
                add(link.address(), link.hasScheme() ? Place.TEXT : Place.BARE_NAME);
            }
        }
    }

    private void add(LinkAddress address, Place place) {
        add(address, place, "", Optional.empty());
    }

    private void add(LinkAddress address, Place place, String text, Optional<LinkAddress> shown) {
        put(new MessageLink(address, place, text, shown, part));
        for (LinkAddress inside : address.embedded()) {
            put(new MessageLink(inside, Place.EMBEDDED, "", Optional.empty(), part));
        }
    }

    private void put(MessageLink link) {
        boolean room = links.size() < most;
        flaw(!room);
        if (room) {
            links.add(link);
        }
    }

    private void flaw(boolean leftOut) {
        Flaw flaw = new Flaw(MimeFlaw.TOO_MANY_LINKS, part);
        if (leftOut && !flaws.contains(flaw)) {
            flaws.add(flaw);
        }
    }
}
