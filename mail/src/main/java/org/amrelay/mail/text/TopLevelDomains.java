// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.text;

import java.util.Locale;
import java.util.Set;

/**
 * The last labels by which a name without scheme is taken for a link: countries, and the generic ones that are used in numbers.
 *
 * <p>Not IANA's whole list: most of its names are words of the language, and {@code end.Next} is no link. Stateless.
 */
final class TopLevelDomains {
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final Set<String> OTHERS = Set.of(
            "com", "net", "org", "info", "biz", "edu", "gov", "mil", "int", "arpa", "eu", "uk", "su", "ac", "mobi", "name", "pro",
            "jobs", "travel", "asia", "coop", "museum", "aero", "cat", "tel", "post", "xxx", "xyz", "top", "icu", "club", "online",
            "site", "website", "shop", "store", "app", "dev", "live", "life", "link", "click", "work", "cloud", "space", "tech",
            "fun", "vip", "loan", "win", "bid", "men", "date", "download", "stream", "review", "trade", "party", "science", "racing",
            "cricket", "faith", "webcam", "accountant", "cyou", "buzz", "monster", "quest", "sbs", "cfd", "rest", "bond", "lol",
            "autos", "beauty", "hair", "skin", "makeup", "mom", "pics", "agency", "blog", "news", "media", "digital", "email",
            "support", "services", "solutions", "systems", "network", "center", "company", "group", "global", "world", "today",
            "zone", "money", "finance", "bank", "credit", "cash", "fund", "capital", "business", "marketing", "software", "host",
            "hosting", "page", "zip", "mov", "art", "guru", "ninja", "rocks", "wang", "ren", "kim", "ltd", "llc", "inc", "one",
            "ooo", "pub", "press", "wiki", "design", "games", "game", "casino", "bet", "poker", "dating", "sex", "porn",
            "adult", "health", "care", "clinic", "pharmacy", "law", "legal", "tax", "city", "town", "berlin", "london", "nyc",
            "paris", "tokyo", "moscow", "africa", "swiss", "wien", "bayern", "koeln", "hamburg", "ink", "red", "blue", "green",
            "black", "pink", "social", "chat", "community", "team", "run", "gdn", "gallery", "photo", "photos", "video", "tv");

    private TopLevelDomains() {}

    static boolean isKnown(String label) {
        if (label.startsWith("xn--") || label.codePointAt(0) > 0x7e) {
            return true;
        }
        return label.length() == 2 ? COUNTRIES.contains(label.toUpperCase(Locale.ROOT)) || OTHERS.contains(label)
                : OTHERS.contains(label);
    }
}
