// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam.rules;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.amrelay.filtering.spam.specimen.RegisteredNames;
import org.amrelay.filtering.spam.specimen.Specimen;
import org.amrelay.mail.address.InternationalDomain;
import org.amrelay.mail.message.MessageLink;
import org.amrelay.mail.message.MessageLink.Place;
import org.amrelay.mail.mime.Mailbox;
import org.amrelay.mail.text.Folding;
import org.amrelay.mail.text.LinkAddress;
import org.amrelay.mail.text.Oddity;

/** Questions about where a message leads its reader. Stateless. */
final class LinkChecks {
    private static final Set<Place> LED = Set.of(Place.HTML, Place.TEXT, Place.FORM, Place.REFRESH);
    private static final Set<String> PROGRAMS = Set.of(
            "exe", "scr", "js", "jse", "vbs", "hta", "msi", "jar", "apk", "iso", "img", "lnk", "bat", "cmd", "ps1",
            "vhd");

    private LinkChecks() {}

    static Map<String, Check> all() {
        return Map.ofEntries(
                Map.entry("link-shows-other-site", any(LinkChecks::showsOtherSite)),
                Map.entry(
                        "link-shows-https",
                        any(link -> link.shown().isPresent()
                                && link.showsAnotherHost()
                                && link.address().scheme().equals("http")
                                && link.text().startsWith("https:"))),
                Map.entry("link-to-address-literal", any(odd(Oddity.IP_HOST))),
                Map.entry("link-to-disguised-literal", any(odd(Oddity.DISGUISED_IP_HOST))),
                Map.entry("link-with-user", any(odd(Oddity.USER_INFO))),
                Map.entry("link-with-encoded-host", any(odd(Oddity.ENCODED_HOST))),
                Map.entry("link-with-invisible", any(odd(Oddity.INVISIBLE_CHARACTERS))),
                Map.entry("link-with-odd-slashes", any(odd(Oddity.ODD_SLASHES))),
                Map.entry("link-with-port", any(odd(Oddity.ODD_PORT))),
                Map.entry("link-needlessly-encoded", any(odd(Oddity.NEEDLESS_ENCODING))),
                Map.entry("link-to-international-host", any(odd(Oddity.INTERNATIONAL_HOST))),
                Map.entry(
                        "link-of-mixed-scripts",
                        any(link -> link.address().hasHost()
                                && Folding.mixesScripts(InternationalDomain.readable(
                                        link.address().host())))),
                Map.entry(
                        "link-to-shortener",
                        any(link -> Lists.isShortener(link.address().host()))),
                Map.entry(
                        "link-to-free-page",
                        any(link -> link.place() != Place.IMAGE
                                && Lists.isFreePage(link.address().host()))),
                Map.entry(
                        "link-to-suspicious-top",
                        any(link -> Lists.isSuspiciousTop(
                                RegisteredNames.top(link.address().host())))),
                Map.entry("link-like-brand", LinkChecks::likeBrand),
                Map.entry("link-to-program", any(LinkChecks::leadsToProgram)),
                Map.entry(
                        "link-through-redirector",
                        any(link -> !link.address().embedded().isEmpty())),
                Map.entry(
                        "link-with-script",
                        s -> Check.when(
                                s.links().stream()
                                        .anyMatch(link -> Set.of("javascript", "data", "vbscript", "file")
                                                        .contains(link.address().scheme())
                                                && link.place() != Place.IMAGE),
                                "")),
                Map.entry(
                        "link-with-many-labels",
                        any(link -> link.address()
                                        .host()
                                        .chars()
                                        .filter(c -> c == '.')
                                        .count()
                                > 4)),
                Map.entry(
                        "link-host-of-digits", any(link -> digits(link.address().host()))),
                Map.entry("link-names-recipient", LinkChecks::namesRecipient),
                Map.entry("one-foreign-site", LinkChecks::oneForeignSite),
                Map.entry("many-sites", s -> Check.when(sites(s).size() > 12, sites(s).size() + " sites")),
                Map.entry(
                        "many-links",
                        s -> Check.when(s.links().size() >= 100, s.links().size() + " links")),
                Map.entry(
                        "links-at-home",
                        s -> Check.when(
                                !sites(s).isEmpty()
                                        && sites(s).size() <= 3
                                        && sites(s).contains(RegisteredNames.of(s.fromDomain())),
                                "")),
                Map.entry(
                        "bare-http", any(link -> link.address().scheme().equals("http") && link.place() == Place.HTML)),
                Map.entry("no-links", s -> Check.when(s.links().isEmpty(), "")));
    }

    private static Check any(Predicate<MessageLink> question) {
        return specimen -> specimen.links().stream()
                .filter(link -> LED.contains(link.place()))
                .filter(question)
                .findFirst()
                .map(link -> link.address().host().isEmpty()
                        ? link.address().scheme()
                        : link.address().host());
    }

    private static Predicate<MessageLink> odd(Oddity oddity) {
        return link -> link.address().oddities().contains(oddity);
    }

    private static boolean showsOtherSite(MessageLink link) {
        return link.place() == Place.HTML
                && link.showsAnotherHost()
                && link.shown().get().host().indexOf('.') > 0
                && !RegisteredNames.of(link.shown().get().host())
                        .equals(RegisteredNames.of(link.address().host()));
    }

    private static Optional<String> likeBrand(Specimen specimen) {
        return specimen.links().stream()
                .filter(link -> LED.contains(link.place()))
                .map(link -> link.address().host())
                .distinct()
                .limit(40)
                .filter(host -> !RegisteredNames.of(host).equals(RegisteredNames.of(specimen.fromDomain())))
                .flatMap(host -> Lists.lookalike(host).stream())
                .findFirst();
    }

    private static boolean leadsToProgram(MessageLink link) {
        String path = link.address().path();
        return PROGRAMS.contains(path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    private static boolean digits(String host) {
        String site = RegisteredNames.of(host);
        String label = site.substring(0, Math.max(0, site.indexOf('.')));
        return label.chars().filter(Character::isDigit).count() >= 4;
    }

    /** The page greets whom it knows, and tells who clicked. */
    private static Optional<String> namesRecipient(Specimen specimen) {
        List<String> known = specimen.header().to().stream()
                .map(Mailbox::address)
                .filter(address -> address.indexOf('@') > 1)
                .map(address -> address.toLowerCase(Locale.ROOT))
                .limit(5)
                .toList();
        return specimen.links().stream()
                .filter(link -> LED.contains(link.place()) && link.address().isWeb())
                .map(MessageLink::address)
                .filter(address -> {
                    String rest = (address.path() + '?' + address.query() + '#' + address.fragment())
                            .toLowerCase(Locale.ROOT)
                            .replace("%40", "@");
                    return known.stream().anyMatch(rest::contains);
                })
                .map(LinkAddress::host)
                .findFirst();
    }

    private static Set<String> sites(Specimen specimen) {
        return specimen.links().stream()
                .filter(link -> LED.contains(link.place())
                        && link.address().isWeb()
                        && link.address().hasHost())
                .map(link -> RegisteredNames.of(link.address().host()))
                .collect(Collectors.toSet());
    }

    private static Optional<String> oneForeignSite(Specimen specimen) {
        Function<Set<String>, Optional<String>> foreign = sites -> sites.stream()
                .findFirst()
                .filter(site -> sites.size() == 1 && !site.equals(RegisteredNames.of(specimen.fromDomain())));
        return foreign.apply(sites(specimen)).filter(site -> specimen.markup().parts() > 0);
    }
}
