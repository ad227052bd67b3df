// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.queue;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.inject.Inject;
import org.amrelay.storage.spool.Spool;

/**
 * Tells those who wait at a queue that something may have come.
 *
 * <p>Calls come on storage's thread; listeners return at once and call nothing of storage. Safe for several threads.
 */
public final class Arrivals {
    private final ConcurrentMap<String, CopyOnWriteArrayList<Runnable>> listeners = new ConcurrentHashMap<>();

    @Inject
    public Arrivals(Spool spool) {
        spool.onAvailable(queue ->
                listeners.getOrDefault(queue, new CopyOnWriteArrayList<>()).forEach(Runnable::run));
    }

    public void add(String queue, Runnable listener) {
        listeners.computeIfAbsent(queue, name -> new CopyOnWriteArrayList<>()).add(listener);
    }

    public void remove(String queue, Runnable listener) {
        listeners.computeIfAbsent(queue, name -> new CopyOnWriteArrayList<>()).remove(listener);
    }
}
