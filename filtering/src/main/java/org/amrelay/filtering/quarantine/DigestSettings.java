// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.quarantine;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;

/**
 * How digests look.
 *
 * @param publicUrl where recipients reach this relay's pages, ending with a slash
 * @param host the relay's name
 * @param texts in the language of the recipients
 * @param linkLife links end then, or with their mail
 */
public record DigestSettings(String publicUrl, String host, DigestTexts texts, Duration linkLife) {
    /**
     * Checks and completes a public URL.
     *
     * @throws IllegalArgumentException with a sentence
     */
    public static String checkedUrl(String text) {
        try {
            URI url = new URI(text.strip());
            boolean isWeb = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
            if (isWeb
                    && url.getHost() != null
                    && url.getQuery() == null
                    && url.getFragment() == null
                    && url.getUserInfo() == null) {
                return url.toString().endsWith("/") ? url.toString() : url + "/";
            }
        } catch (URISyntaxException wrong) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a URL like https://quarantine.example.org/", wrong);
        }
        throw new IllegalArgumentException("'" + text + "' is not a URL like https://quarantine.example.org/");
    }

    /** The host of the public URL. */
    public String publicHost() {
        return String.valueOf(URI.create(publicUrl).getHost());
    }
}
