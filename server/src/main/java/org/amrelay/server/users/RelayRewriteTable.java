// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.users;

import com.google.common.base.Preconditions;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.amrelay.storage.account.Rewrites;
import org.apache.james.core.Domain;
import org.apache.james.core.Username;
import org.apache.james.rrt.lib.AbstractRecipientRewriteTable;
import org.apache.james.rrt.lib.Mapping;
import org.apache.james.rrt.lib.MappingSource;
import org.apache.james.rrt.lib.Mappings;
import org.apache.james.rrt.lib.MappingsImpl;

/**
 * James' recipient rewrite table on our rewrites.
 *
 * <p>A source is kept as {@code user@domain}, or {@code *@domain} for a whole domain; a target as James writes a mapping
 * ({@code forward:bob@example.org}). Safe for several threads; look-ups come from memory.
 */
public final class RelayRewriteTable extends AbstractRecipientRewriteTable {
    private final Rewrites rewrites;

    @Inject
    public RelayRewriteTable(Rewrites rewrites) {
        this.rewrites = rewrites;
    }

    @Override
    public void addMapping(MappingSource source, Mapping mapping) {
        rewrites.add(text(source), mapping.asString());
    }

    @Override
    public void removeMapping(MappingSource source, Mapping mapping) {
        rewrites.remove(text(source), mapping.asString());
    }

    @Override
    public Mappings getStoredMappings(MappingSource source) {
        return mappings(rewrites.targets(text(source)));
    }

    @Override
    public Map<MappingSource, Mappings> getAllMappings() {
        Map<MappingSource, Mappings> all = new LinkedHashMap<>();
        rewrites.all().forEach((source, targets) -> all.put(source(source), mappings(targets)));
        return all;
    }

    @Override
    public Stream<MappingSource> listSources(Mapping mapping) {
        Preconditions.checkArgument(
                listSourcesSupportedType.contains(mapping.getType()),
                "Not supported mapping of type %s",
                mapping.getType());
        return rewrites.sourcesOf(mapping.asString()).stream().map(RelayRewriteTable::source);
    }

    @Override
    protected Mappings mapAddress(String user, Domain domain) {
        List<String> own =
                rewrites.targets(text(MappingSource.fromUser(Username.fromLocalPartWithDomain(user, domain))));
        return mappings(own.isEmpty() ? rewrites.targets(text(MappingSource.fromDomain(domain))) : own);
    }

    private static Mappings mappings(Collection<String> targets) {
        return targets.isEmpty()
                ? MappingsImpl.empty()
                : MappingsImpl.fromMappings(targets.stream().map(Mapping::of));
    }

    /** {@code user@domain}, {@code *@domain}, {@code *@*}; a user without domain stays {@code user}. */
    private static String text(MappingSource source) {
        return source.asUsername().map(Username::asString).orElseGet(source::asMailAddressString);
    }

    private static MappingSource source(String text) {
        return text.equals("*@*") ? MappingSource.wildCard() : MappingSource.parse(text);
    }
}
