// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive.custom;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.amrelay.filtering.sensitive.text.Detector;
import org.amrelay.filtering.sensitive.text.Finds;
import org.amrelay.filtering.sensitive.text.Finds.Find;
import org.amrelay.filtering.sensitive.text.KeyWordPlaces;
import org.amrelay.filtering.sensitive.text.Letters;
import org.amrelay.filtering.sensitive.text.Reading;

/** Finds mail addresses, and lists of many different ones. */
public final class MailAddressDetector implements Detector {
    /** What each type is called. */
    public static final Map<String, String> TITLES =
            Map.of("email-address", "mail address", "email-list", "list of at least ten different mail addresses");

    private static final int LONGEST_LOCAL = 64;
    private static final int LONGEST_DOMAIN = 253;
    private final int listFrom;

    /**
     * Finds addresses.
     *
     * @param listFrom so many different addresses are a list
     */
    public MailAddressDetector(int listFrom) {
        this.listFrom = listFrom;
    }

    @Override
    public Set<String> types() {
        return TITLES.keySet();
    }

    @Override
    public void find(Reading reading, Set<String> types, Finds finds) {
        String text = reading.text();
        Set<String> different = new HashSet<>();
        int first = -1;
        int last = 0;
        int behind = 0;
        for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
            int start = at;
            while (start > behind && at - start <= LONGEST_LOCAL && isLocal(text.charAt(start - 1))) {
                start--;
            }
            int end = domainEnd(text, at + 1);
            if (start == at || end < 0 || at - start > LONGEST_LOCAL) {
                continue;
            }
            finds.add(new Find("email-address", start, end, 75, KeyWordPlaces.NONE, 0));
            if (different.size() < listFrom) {
                different.add(text.substring(start, end).toLowerCase(Locale.ROOT));
            }
            first = first < 0 ? start : first;
            last = end;
            behind = end;
        }
        if (different.size() >= listFrom) {
            finds.add(new Find("email-list", first, last, 85, 0, 0));
        }
    }

    private static boolean isLocal(char c) {
        return Letters.isWord(c) || c < 128 && "!#$%&'*+-/=?^_`{|}~.".indexOf(c) >= 0;
    }

    private static int domainEnd(String text, int from) {
        int end = from;
        while (end < text.length()
                && end - from < LONGEST_DOMAIN
                && (Letters.isWord(text.charAt(end)) || ".-".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        while (end > from && ".-".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        String domain = text.substring(from, end);
        int dot = domain.lastIndexOf('.');
        boolean named = dot > 0 && domain.length() - dot > 2 && Character.isLetter(domain.charAt(dot + 1));
        return named && !domain.contains("..") ? end : -1;
    }
}
