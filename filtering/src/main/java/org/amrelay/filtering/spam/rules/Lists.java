// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam.rules;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.amrelay.filtering.spam.specimen.RegisteredNames;
import org.amrelay.mail.text.Folding;

/** Names that everybody knows: free mail providers, shorteners, hosts of free pages, often forged brands. Stateless. */
final class Lists {
    private static final Set<String> FREEMAIL = Set.of(
            "gmail.com",
            "googlemail.com",
            "yahoo.com",
            "yahoo.co.uk",
            "yahoo.fr",
            "yahoo.de",
            "yahoo.co.jp",
            "ymail.com",
            "hotmail.com",
            "hotmail.fr",
            "hotmail.co.uk",
            "outlook.com",
            "outlook.fr",
            "outlook.de",
            "live.com",
            "msn.com",
            "aol.com",
            "mail.com",
            "gmx.de",
            "gmx.net",
            "gmx.com",
            "web.de",
            "mail.ru",
            "yandex.ru",
            "yandex.com",
            "inbox.ru",
            "bk.ru",
            "list.ru",
            "qq.com",
            "163.com",
            "126.com",
            "sina.com",
            "protonmail.com",
            "proton.me",
            "icloud.com",
            "me.com",
            "zoho.com",
            "rediffmail.com",
            "libero.it",
            "virgilio.it",
            "tiscali.it",
            "laposte.net",
            "orange.fr",
            "free.fr",
            "tutanota.com",
            "excite.com",
            "netscape.net",
            "fastmail.com",
            "consultant.com",
            "post.com",
            "europe.com",
            "usa.com",
            "email.com",
            "techie.com",
            "financier.com",
            "accountant.com",
            "seznam.cz",
            "wp.pl",
            "o2.pl",
            "onet.pl",
            "interia.pl",
            "uol.com.br",
            "bol.com.br",
            "terra.com.br",
            "naver.com",
            "daum.net",
            "hanmail.net",
            "rambler.ru",
            "ukr.net",
            "netzero.net",
            "juno.com",
            "lycos.com",
            "indiatimes.com");
    private static final Set<String> SHORTENERS = Set.of(
            "bit.ly",
            "tinyurl.com",
            "t.co",
            "goo.gl",
            "ow.ly",
            "is.gd",
            "buff.ly",
            "rebrand.ly",
            "cutt.ly",
            "shorturl.at",
            "rb.gy",
            "t.ly",
            "tiny.cc",
            "lnkd.in",
            "s.id",
            "v.gd",
            "bl.ink",
            "short.io",
            "soo.gd",
            "clck.ru",
            "qrco.de",
            "u.to",
            "shorte.st",
            "adf.ly",
            "snip.ly",
            "urlz.fr",
            "x.co",
            "linktr.ee",
            "dub.sh",
            "2u.pw",
            "n9.cl",
            "encurtador.com.br",
            "acortar.link",
            "goo.su",
            "bitly.ws",
            "surl.li",
            "me2.kr",
            "t2m.io");
    private static final Set<String> FREE_PAGES = Set.of(
            "weebly.com",
            "wixsite.com",
            "firebaseapp.com",
            "web.app",
            "netlify.app",
            "vercel.app",
            "pages.dev",
            "workers.dev",
            "r2.dev",
            "herokuapp.com",
            "glitch.me",
            "repl.co",
            "000webhostapp.com",
            "blogspot.com",
            "godaddysites.com",
            "square.site",
            "webflow.io",
            "myshopify.com",
            "typeform.com",
            "jotform.com",
            "formstack.com",
            "azurewebsites.net",
            "windows.net",
            "cloudfront.net",
            "amazonaws.com",
            "appspot.com",
            "storage.googleapis.com",
            "googleapis.com",
            "sites.google.com",
            "docs.google.com",
            "forms.gle",
            "ipfs.io",
            "dweb.link",
            "cf-ipfs.com",
            "nftstorage.link",
            "translate.goog",
            "github.io",
            "geocities.com",
            "tripod.com",
            "angelfire.com",
            "ngrok.io",
            "duckdns.org",
            "ddns.net",
            "no-ip.org",
            "backblazeb2.com",
            "digitaloceanspaces.com",
            "linodeobjects.com",
            "fleek.co",
            "surge.sh",
            "yolasite.com",
            "webnode.page",
            "canva.site",
            "notion.site",
            "framer.app",
            "zendesk.com",
            "tumblr.com",
            "sendgrid.net",
            "page.link",
            "app.link",
            "onrender.com",
            "edgeone.app",
            "lovable.app");
    private static final Set<String> TOPS = Set.of(
            "xyz",
            "top",
            "click",
            "icu",
            "buzz",
            "cam",
            "rest",
            "monster",
            "quest",
            "cyou",
            "sbs",
            "cfd",
            "bond",
            "loan",
            "win",
            "bid",
            "gq",
            "ml",
            "cf",
            "ga",
            "tk",
            "work",
            "gdn",
            "men",
            "date",
            "racing",
            "review",
            "stream",
            "download",
            "link",
            "trade",
            "party",
            "science",
            "faith",
            "accountant",
            "cricket",
            "kim",
            "country",
            "beauty",
            "hair",
            "skin",
            "makeup",
            "lol",
            "pics",
            "mom",
            "autos",
            "boats",
            "best",
            "zip",
            "mov",
            "lat",
            "help",
            "fit",
            "surf",
            "wang",
            "ren",
            "su",
            "shop",
            "store",
            "online",
            "site",
            "website",
            "space",
            "fun",
            "live",
            "vip",
            "life",
            "uno",
            "biz");

    /** A word of the brand, and the labels of its own domains. */
    private static final Map<String, List<String>> BRANDS = Map.ofEntries(
            Map.entry("paypal", List.of("paypal")),
            Map.entry("amazon", List.of("amazon", "amazonses", "audible", "amazonaws")),
            Map.entry(
                    "microsoft",
                    List.of("microsoft", "microsoftonline", "office", "office365", "outlook", "live", "azure")),
            Map.entry("office 365", List.of("microsoft", "office", "office365")),
            Map.entry("apple", List.of("apple", "icloud", "me")),
            Map.entry("icloud", List.of("apple", "icloud")),
            Map.entry("netflix", List.of("netflix")),
            Map.entry("facebook", List.of("facebook", "facebookmail", "fb", "meta", "metamail")),
            Map.entry("instagram", List.of("instagram", "facebookmail")),
            Map.entry("whatsapp", List.of("whatsapp")),
            Map.entry("linkedin", List.of("linkedin")),
            Map.entry("dhl", List.of("dhl", "dpdhl", "deutschepost")),
            Map.entry("fedex", List.of("fedex")),
            Map.entry("ups", List.of("ups")),
            Map.entry("usps", List.of("usps")),
            Map.entry("correos", List.of("correos")),
            Map.entry("correios", List.of("correios")),
            Map.entry("ebay", List.of("ebay")),
            Map.entry("coinbase", List.of("coinbase")),
            Map.entry("binance", List.of("binance")),
            Map.entry("metamask", List.of("metamask", "consensys")),
            Map.entry("trust wallet", List.of("trustwallet")),
            Map.entry("ledger", List.of("ledger")),
            Map.entry("blockchain", List.of("blockchain")),
            Map.entry("wells fargo", List.of("wellsfargo")),
            Map.entry("bank of america", List.of("bankofamerica", "bofa")),
            Map.entry("chase", List.of("chase", "jpmorgan", "jpmchase")),
            Map.entry("citibank", List.of("citi", "citibank")),
            Map.entry("hsbc", List.of("hsbc")),
            Map.entry("barclays", List.of("barclays")),
            Map.entry("santander", List.of("santander")),
            Map.entry("bradesco", List.of("bradesco")),
            Map.entry("itau", List.of("itau")),
            Map.entry("caixa", List.of("caixa")),
            Map.entry("serasa", List.of("serasa", "serasaexperian")),
            Map.entry("nubank", List.of("nubank")),
            Map.entry("sparkasse", List.of("sparkasse")),
            Map.entry("volksbank", List.of("volksbank", "vr")),
            Map.entry("postbank", List.of("postbank")),
            Map.entry("american express", List.of("americanexpress", "aexp")),
            Map.entry("mastercard", List.of("mastercard")),
            Map.entry("docusign", List.of("docusign")),
            Map.entry("dropbox", List.of("dropbox", "dropboxmail")),
            Map.entry("adobe", List.of("adobe", "adobesign", "echosign")),
            Map.entry("norton", List.of("norton", "nortonlifelock", "gen", "symantec")),
            Map.entry("mcafee", List.of("mcafee")),
            Map.entry("geek squad", List.of("geeksquad", "bestbuy")),
            Map.entry("costco", List.of("costco")),
            Map.entry("walmart", List.of("walmart")),
            Map.entry("spotify", List.of("spotify")),
            Map.entry("disney", List.of("disney", "disneyplus")),
            Map.entry("steam", List.of("steampowered", "valvesoftware")),
            Map.entry("hmrc", List.of("hmrc", "gov")),
            Map.entry("irs", List.of("irs", "gov")),
            Map.entry("receita federal", List.of("gov", "fazenda")));

    private Lists() {}

    static boolean isFreemail(String domain) {
        return FREEMAIL.contains(domain);
    }

    static boolean isShortener(String host) {
        return SHORTENERS.contains(host) || SHORTENERS.contains(RegisteredNames.of(host));
    }

    static boolean isFreePage(String host) {
        return FREE_PAGES.contains(host) || FREE_PAGES.contains(RegisteredNames.of(host));
    }

    static boolean isSuspiciousTop(String top) {
        return TOPS.contains(top);
    }

    /** The brand whose word is in folded text. */
    static Optional<String> brandIn(String folded) {
        String padded = ' ' + folded.replace('-', ' ').replace('.', ' ').replace('_', ' ') + ' ';
        return BRANDS.keySet().stream()
                .filter(brand -> padded.contains(' ' + brand + ' ') || brand.length() > 6 && padded.contains(brand))
                .sorted()
                .findFirst();
    }

    /** Whether a domain is one of the brand's own. */
    static boolean belongs(String domain, String brand) {
        String site = RegisteredNames.of(domain);
        String label = site.substring(0, Math.max(0, site.indexOf('.')));
        List<String> own = BRANDS.getOrDefault(brand, List.of());
        return own.contains(label)
                || own.contains(RegisteredNames.top(domain))
                || own.stream()
                        .anyMatch(name -> domain.endsWith(".gov") || domain.contains(".gov.") && name.equals("gov"));
    }

    /** A host that has a brand in it, as such or in look-alike letters, and is not the brand's. */
    static Optional<String> lookalike(String host) {
        if (host.isEmpty()) {
            return Optional.empty();
        }
        String seen = Folding.domainSkeleton(host).replace('0', 'o').replace('1', 'l');
        return BRANDS.keySet().stream()
                .filter(brand -> brand.length() > 4 && brand.indexOf(' ') < 0)
                .filter(brand -> seen.contains(Folding.skeleton(brand)) && !belongs(host, brand))
                .sorted()
                .findFirst()
                .map(brand -> host);
    }
}
