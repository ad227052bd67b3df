// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.repository;

import static org.amrelay.storage.StorageContract.done;
import static org.amrelay.storage.StorageContract.mail;
import static org.amrelay.storage.StorageContract.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.amrelay.storage.StorageContract;
import org.amrelay.storage.mail.StoredMail;
import org.junit.jupiter.api.Test;

public interface RepositoryContract extends StorageContract {
    String URL = "relay://quarantine";

    default Repositories repositories() {
        return storage().repositories();
    }

    default void store(String key) {
        done(repositories().store(new RepositoryStore(URL, key, mail(key, "bob@example.org"))));
    }

    @Test
    default void retrievesWhatWasStored() {
        store("one");

        StoredMail found = reopened().repositories().retrieve(URL, "one").orElseThrow();

        assertThat(found)
                .usingRecursiveComparison()
                .ignoringFields("content")
                .isEqualTo(mail("one", "bob@example.org"));
        assertThat(read(found.content())).contains("one");
        assertThat(repositories().retrieve(URL, "two")).isEmpty();
        assertThat(repositories().retrieve("relay://other", "one")).isEmpty();
    }

    @Test
    default void replacesAMailUnderTheSameKey() {
        store("one");
        store("one");

        assertThat(repositories().size(URL)).isEqualTo(1);
    }

    @Test
    default void listsKeysInPages() {
        store("b");
        store("a");
        store("c");

        assertThat(repositories().keys(URL, "", 2)).containsExactly("a", "b");
        assertThat(repositories().keys(URL, "b", 2)).containsExactly("c");
    }

    @Test
    default void removesSomeOrAll() {
        store("a");
        store("b");
        store("c");

        done(repositories().remove(URL, List.of("a", "never there")));
        assertThat(repositories().size(URL)).isEqualTo(2);
        done(repositories().removeAll(URL));

        assertThat(repositories().size(URL)).isZero();
        assertThat(repositories().urls()).containsExactly(URL);
    }

    @Test
    default void createsAnEmptyRepositoryOnce() {
        done(repositories().create("relay://b"));
        done(repositories().create("relay://a"));
        done(repositories().create("relay://a"));

        assertThat(repositories().urls()).containsExactly("relay://a", "relay://b");
        assertThat(repositories().size("relay://a")).isZero();
    }
}
