// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.assembly;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.james.metrics.api.Metric;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.metrics.api.TimeMetric;
import org.reactivestreams.Publisher;

/**
 * James' metrics as bare counters: a time is measured for the caller and kept nowhere.
 *
 * <p>James times every command; histograms of all of them cost more than the commands. Thread-safe.
 */
final class PlainMetrics implements MetricFactory {
    private final Map<String, Metric> counters = new ConcurrentHashMap<>();

    @Override
    public Metric generate(String name) {
        return counters.computeIfAbsent(name, ignored -> new Counter());
    }

    @Override
    public TimeMetric timer(String name) {
        return new Timer(name, System.nanoTime());
    }

    @Override
    public <T> Publisher<T> decoratePublisherWithTimerMetric(String name, Publisher<T> publisher) {
        return publisher;
    }

    @Override
    @Deprecated
    public <T> Publisher<T> decoratePublisherWithTimerMetricLogP99(String name, Publisher<T> publisher) {
        return publisher;
    }

    private static final class Counter implements Metric {
        private final LongAdder count = new LongAdder();

        @Override
        public void increment() {
            count.increment();
        }

        @Override
        public void decrement() {
            count.decrement();
        }

        @Override
        public void add(int value) {
            count.add(value);
        }

        @Override
        public void remove(int value) {
            count.add(-(long) value);
        }

        @Override
        public long getCount() {
            return Math.max(0, count.sum());
        }
    }

    private record Timer(String name, long startedNanos) implements TimeMetric {
        @Override
        public ExecutionResult stopAndPublish() {
            return new Elapsed(Duration.ofNanos(System.nanoTime() - startedNanos));
        }
    }

    private record Elapsed(Duration elasped) implements TimeMetric.ExecutionResult {
        @Override
        @Deprecated
        public TimeMetric.ExecutionResult logWhenExceedP99(Duration threshold) {
            return this;
        }
    }
}
