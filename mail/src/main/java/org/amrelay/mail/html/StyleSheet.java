// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.html;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jsoup.nodes.Element;

/**
 * The rules of style elements whose selector is one tag, class, id, or tag and class; others are passed over, as are the rules
 * of media queries, which differ from screen to screen. For one document.
 */
final class StyleSheet {
    private static final int LONGEST = 128 * 1024;
    private static final int MOST_RULES = 1000;

    private final Map<String, Declarations> rules = new HashMap<>();

    boolean isEmpty() {
        return rules.isEmpty();
    }

    void add(String css) {
        String text = css.length() > LONGEST ? css.substring(0, LONGEST) : css;
        int at = 0;
        while (at < text.length() && rules.size() < MOST_RULES) {
            int open = text.indexOf('{', at);
            if (open < 0) {
                return;
            }
            String selectors = uncommented(text.substring(at, open));
            if (selectors.startsWith("@")) {
                at = closing(text, open);
                continue;
            }
            int close = text.indexOf('}', open);
            close = close < 0 ? text.length() : close;
            rule(selectors, text.substring(open + 1, close));
            at = close + 1;
        }
    }

    private static int closing(String text, int open) {
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth == 0) {
                return i + 1;
            }
        }
        return text.length();
    }

    private static String uncommented(String selectors) {
        int comment = selectors.lastIndexOf("*/");
        String text = comment < 0 ? selectors : selectors.substring(comment + 2);
        int statement = text.lastIndexOf(';');
        return text.substring(statement + 1).replace("<!--", "").strip().toLowerCase(Locale.ROOT);
    }

    private void rule(String selectors, String body) {
        Declarations declarations = Declarations.parse(body);
        for (String selector : selectors.split(",", 50)) {
            String key = selector.strip();
            boolean simple = !key.isEmpty()
                    && key.chars()
                            .allMatch(
                                    c -> Character.isLetterOrDigit(c) || c == '.' || c == '#' || c == '-' || c == '_');
            if (simple) {
                rules.merge(key, declarations, StyleSheet::joined);
            }
        }
    }

    private static Declarations joined(Declarations first, Declarations second) {
        Map<String, String> all = new HashMap<>(first.values());
        all.putAll(second.values());
        return new Declarations(all);
    }

    /** What applies to an element, the weakest first. */
    List<Declarations> of(Element element) {
        List<Declarations> found = new ArrayList<>(2);
        String tag = element.normalName();
        add(tag, found);
        String classes = element.attr("class").toLowerCase(Locale.ROOT);
        if (!classes.isEmpty()) {
            for (String name : classes.strip().split(" ", 20)) {
                add('.' + name, found);
                add(tag + '.' + name, found);
            }
        }
        String id = element.attr("id").toLowerCase(Locale.ROOT);
        if (!id.isEmpty()) {
            add('#' + id, found);
        }
        return found;
    }

    private void add(String selector, List<Declarations> found) {
        Declarations rule = rules.get(selector);
        if (rule != null) {
            found.add(rule);
        }
    }
}
