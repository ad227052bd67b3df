// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.processing;

import java.util.Locale;
import java.util.Optional;
import org.apache.james.mailetcontainer.impl.MatcherMailetPair;
import org.apache.mailet.Mailet;
import org.apache.mailet.MailetConfig;
import org.apache.mailet.Matcher;
import org.apache.mailet.MatcherConfig;

/**
 * One line of a processor: a matcher, a mailet, and what the configuration says about their exceptions.
 *
 * @param condition the matcher as it is written in the configuration, without its package
 * @param name of the mailet, without its package
 * @param onMatchException {@code nomatch}, {@code matchall} or a processor; empty means try later, and so does
 *     {@code propagate}
 * @param onMailetException {@code ignore} or a processor; empty means try later, and so does {@code propagate}
 */
record MatchedMailet(
        Matcher matcher,
        Mailet mailet,
        String condition,
        String name,
        Optional<String> onMatchException,
        Optional<String> onMailetException) {
    static MatchedMailet of(MatcherMailetPair pair) {
        Optional<MailetConfig> mailet = Optional.ofNullable(pair.getMailet().getMailetConfig());
        Optional<MatcherConfig> matcher = Optional.ofNullable(pair.getMatcher().getMatcherConfig());
        return new MatchedMailet(
                pair.getMatcher(),
                pair.getMailet(),
                matcher.map(MatchedMailet::written)
                        .orElseGet(() -> pair.getMatcher().getClass().getSimpleName()),
                mailet.map(MailetConfig::getMailetName)
                        .map(MatchedMailet::simple)
                        .orElseGet(() -> pair.getMailet().getClass().getSimpleName()),
                parameter(mailet, "onMatchException"),
                parameter(mailet, "onMailetException"));
    }

    private static String written(MatcherConfig config) {
        String simple =
                config.getMatcherName().substring(config.getMatcherName().lastIndexOf('.') + 1);
        return config.getCondition() == null ? simple : simple + "=" + config.getCondition();
    }

    private static String simple(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    private static Optional<String> parameter(Optional<MailetConfig> config, String name) {
        return config.map(given -> given.getInitParameter(name))
                .map(value -> value.trim().toLowerCase(Locale.ROOT))
                .filter(value -> !value.isEmpty() && !value.equals("propagate"));
    }
}
