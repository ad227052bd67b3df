// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.repository;

import org.amrelay.storage.mail.StoredMail;

/**
 * A mail that shall rest in a repository.
 *
 * @param url which repository, {@code relay://var/mail/quarantine/}; made when it is new
 * @param key unique in the repository; a mail under the same key is replaced
 */
public record RepositoryStore(String url, String key, StoredMail mail) {}
