// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.repository;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.amrelay.storage.mail.StoredMail;

/**
 * All mail repositories, told apart by their URL, which is opaque here.
 *
 * <p>Safe for several threads. Reading methods block on the disk and throw {@code StorageUnavailable}.
 */
public interface Repositories {
    /** The repositories that were created or stored into, sorted. */
    List<String> urls();

    /** Makes an empty repository; nothing happens when it exists. */
    CompletionStage<Void> create(String url);

    /** Stores or replaces a mail outside of any processing; completes when durable. */
    CompletionStage<Void> store(RepositoryStore mail);

    Optional<StoredMail> retrieve(String url, String key);

    /**
     * A page of the keys in the order of their text.
     *
     * @param after the last key of the page before, empty text for the first page
     * @param limit 1 or more
     */
    List<String> keys(String url, String after, int limit);

    long size(String url);

    /** Removes mails; keys that are not there are passed over. */
    CompletionStage<Void> remove(String url, Collection<String> keys);

    /** Removes all mails; the empty repository stays. */
    CompletionStage<Void> removeAll(String url);
}
