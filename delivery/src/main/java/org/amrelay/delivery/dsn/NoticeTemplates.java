// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.dsn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The languages of notices: the one that the original names in Content-Language or Accept-Language (RFC 3282), else the
 * usual one, else English.
 *
 * <p>A notice in another language repeats everything in English below. Immutable.
 */
public final class NoticeTemplates {
    private static final String ENGLISH = "en";
    private static final int MOST_TAGS = 10;

    private final Map<String, NoticeTemplate> byLanguage;
    private final String usual;

    /**
     * Templates by language tag such as {@code de} or {@code pt-br}.
     *
     * @param usual for mail that names no language of these
     */
    public NoticeTemplates(Map<String, NoticeTemplate> byLanguage, String usual) {
        Map<String, NoticeTemplate> all = new HashMap<>();
        byLanguage.forEach((tag, template) -> all.put(tag.toLowerCase(Locale.ROOT), template));
        all.putIfAbsent(ENGLISH, NoticeTemplate.english());
        this.byLanguage = Map.copyOf(all);
        this.usual = usual.toLowerCase(Locale.ROOT);
        if (!all.containsKey(this.usual)) {
            throw new IllegalArgumentException("there is no template for the language '" + usual + "'");
        }
    }

    /** English alone. */
    public static NoticeTemplates english() {
        return new NoticeTemplates(Map.of(), ENGLISH);
    }

    /** The templates of one notice, the first in the reader's language; one or two. */
    List<NoticeTemplate> of(Optional<OriginalHeader> original) {
        String tag = original.flatMap(header -> wanted(header.field("content-language")))
                .or(() -> original.flatMap(header -> wanted(header.field("accept-language"))))
                .orElse(usual);
        List<NoticeTemplate> chosen = new ArrayList<>();
        Optional.ofNullable(byLanguage.get(tag)).ifPresent(chosen::add);
        if (!tag.equals(ENGLISH)) {
            Optional.ofNullable(byLanguage.get(ENGLISH)).ifPresent(chosen::add);
        }
        return chosen;
    }

    private Optional<String> wanted(Optional<String> field) {
        String[] tags = field.orElse("").toLowerCase(Locale.ROOT).split(",", MOST_TAGS);
        for (String given : tags) {
            int end = given.indexOf(';');
            String tag = (end < 0 ? given : given.substring(0, end)).strip();
            int hyphen = tag.indexOf('-');
            String language = hyphen < 0 ? tag : tag.substring(0, hyphen);
            if (byLanguage.containsKey(tag)) {
                return Optional.of(tag);
            } else if (byLanguage.containsKey(language)) {
                return Optional.of(language);
            }
        }
        return Optional.empty();
    }
}
