// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.amrelay.mail.message.HeaderField;

/** Does to a header what rules say. Stateless. */
public final class HeaderRewriting {
    private static final String SUBJECT = "subject";

    private HeaderRewriting() {}

    /** The fields afterwards, in their order; new ones stand at the top, as trace fields do. */
    public static List<HeaderField> apply(List<HeaderChange> changes, List<HeaderField> header) {
        List<HeaderField> fields = new ArrayList<>(header);
        for (HeaderChange change : changes) {
            if (change instanceof HeaderChange.Remove remove) {
                remove(remove.name(), fields);
            } else if (change instanceof HeaderChange.Put put) {
                remove(put.name(), fields);
                fields.add(0, HeaderField.of(put.name() + ": " + put.value()));
            } else if (change instanceof HeaderChange.Add add) {
                fields.add(0, HeaderField.of(add.name() + ": " + add.value()));
            } else if (change instanceof HeaderChange.Tag tag) {
                tag(tag.text(), fields);
            }
        }
        return List.copyOf(fields);
    }

    private static void remove(String name, List<HeaderField> fields) {
        String key = name.toLowerCase(Locale.ROOT);
        fields.removeIf(field -> field.key().equals(key));
    }

    private static void tag(String text, List<HeaderField> fields) {
        for (int i = 0; i < fields.size(); i++) {
            HeaderField field = fields.get(i);
            if (field.key().equals(SUBJECT)) {
                if (!field.body().contains(text)) {
                    fields.set(
                            i,
                            HeaderField.of(field.name() + ": " + text + ' '
                                    + field.body().stripLeading()));
                }
                return;
            }
        }
        fields.add(HeaderField.of("Subject: " + text));
    }
}
