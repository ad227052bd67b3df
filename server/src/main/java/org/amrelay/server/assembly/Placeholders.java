// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.assembly;

import java.util.Map;
import org.amrelay.server.home.StartRefused;
import org.apache.commons.text.StringEscapeUtils;

/**
 * Fills {@code ${NAME:default}} and {@code ${NAME}} in a configuration file.
 *
 * <p>A name is capitals, digits and underscores; anything else in {@code ${…}} is left alone. Values are escaped for XML;
 * defaults stand in the file and are not.
 */
final class Placeholders {
    private final Map<String, String> settings;
    private final Map<String, String> environment;

    Placeholders(Map<String, String> settings, Map<String, String> environment) {
        this.settings = settings;
        this.environment = environment;
    }

    String fill(String file, String text) {
        StringBuilder filled = new StringBuilder(text.length());
        int position = 0;
        while (true) {
            int start = text.indexOf("${", position);
            int end = start < 0 ? -1 : text.indexOf('}', start);
            if (end < 0) {
                return filled.append(text, position, text.length()).toString();
            }
            filled.append(text, position, start);
            filled.append(valueOf(file, text, start, text.substring(start + 2, end)));
            position = end + 1;
        }
    }

    private String valueOf(String file, String text, int start, String inside) {
        int colon = inside.indexOf(':');
        String name = colon < 0 ? inside : inside.substring(0, colon);
        if (!isName(name)) {
            return "${" + inside + "}";
        }
        String value = settings.getOrDefault(name, environment.get(name));
        if (value != null) {
            return StringEscapeUtils.escapeXml10(value);
        }
        if (colon < 0) {
            long line = text.substring(0, start).lines().count();
            throw new StartRefused(file + " line " + Math.max(1, line) + ": ${" + name
                    + "} has no value; set the environment variable or write ${" + name + ":default}");
        }
        return inside.substring(colon + 1);
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && name.chars().allMatch(c -> (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_');
    }
}
