// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.route;

import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

class GlobProperties {
    @Property(seed = "1", tries = 2000)
    boolean matchesWhatTheSameRegularExpressionMatches(
            @ForAll @Chars({'a', 'b', '*', '?'}) @StringLength(min = 1, max = 12) String pattern,
            @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 12) String text) {
        String expression = pattern.replace("*", ".*").replace('?', '.');
        return Glob.of(pattern).matches(text) == Pattern.matches(expression, text);
    }
}
