// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.annotation.PreDestroy;
import javax.inject.Inject;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.dnsservice.api.DNSService;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.protocols.lib.handler.ProtocolHandlerLoader;
import org.apache.james.protocols.lib.netty.AbstractConfigurableAsyncServer;
import org.apache.james.smtpserver.netty.SMTPServerFactory;
import org.apache.james.util.concurrent.NamedThreadFactory;

/**
 * Makes the servers of {@code smtpserver.xml}; takes the place of James' factory.
 *
 * <p>All ports share one pool for what blocks, one memory for messages being received, and one certificate for each pair
 * of files, looked at every few seconds. Configured, started and stopped by one thread.
 */
public final class RelaySmtpServerFactory extends SMTPServerFactory {
    private static final int WORKERS = Math.max(8, 2 * Runtime.getRuntime().availableProcessors());
    private static final int WAITING = 10_000;
    private static final Duration LOOK_AT_CERTIFICATES = Duration.ofSeconds(5);

    private final Clock clock;
    private final Duration lookAtCertificates;
    private final ExecutorService workers;
    private final ScheduledExecutorService scheduler;
    private final MemoryBudget memory = new MemoryBudget(memoryForMessages());
    private Path spillDirectory = Path.of(System.getProperty("java.io.tmpdir"));

    @Inject
    public RelaySmtpServerFactory(
            DNSService dns, ProtocolHandlerLoader loader, FileSystem files, MetricFactory metrics, Clock clock) {
        this(dns, loader, files, metrics, clock, LOOK_AT_CERTIFICATES);
    }

    RelaySmtpServerFactory(
            DNSService dns,
            ProtocolHandlerLoader loader,
            FileSystem files,
            MetricFactory metrics,
            Clock clock,
            Duration lookAtCertificates) {
        super(dns, loader, files, metrics);
        this.clock = clock;
        this.lookAtCertificates = lookAtCertificates;
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                WORKERS,
                WORKERS,
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                NamedThreadFactory.withName("smtp-worker"));
        pool.allowCoreThreadTimeOut(true);
        this.workers = pool;
        this.scheduler = new ScheduledThreadPoolExecutor(1, NamedThreadFactory.withName("smtp-certificates"));
    }

    @Override
    protected List<AbstractConfigurableAsyncServer> createServers(HierarchicalConfiguration<ImmutableNode> config)
            throws Exception {
        String spill = config.getString("spillDirectory", "");
        Path directory = spill.isEmpty()
                ? Files.createTempDirectory("amr-receiving")
                : fileSystem.getFile(spill).toPath();
        Files.createDirectories(directory);
        spillDirectory = directory;
        SharedParts shared = new SharedParts(fileSystem, workers, memory, directory, clock);
        List<AbstractConfigurableAsyncServer> servers = new ArrayList<>();
        for (HierarchicalConfiguration<ImmutableNode> one : config.configurationsAt("smtpserver")) {
            RelaySmtpServer server = new RelaySmtpServer(smtpMetrics, shared);
            server.setDnsService(dns);
            server.setProtocolHandlerLoader(loader);
            server.setFileSystem(fileSystem);
            server.configure(one);
            servers.add(server);
        }
        long pause = lookAtCertificates.toMillis();
        scheduler.scheduleWithFixedDelay(shared::checkCertificates, pause, pause, TimeUnit.MILLISECONDS);
        return servers;
    }

    /** An eighth of the heap, for messages that are being received. */
    private static long memoryForMessages() {
        return Runtime.getRuntime().maxMemory() / 8;
    }

    /** Bytes of memory that messages being received have taken now. */
    long memoryInUse() {
        return memoryForMessages() - memory.free();
    }

    /** Open connections of all ports. */
    int openConnections() {
        return getServers().stream()
                .mapToInt(server -> ((RelaySmtpServer) server).openConnections())
                .sum();
    }

    /** Where messages that are too large for memory are while they are received. */
    Path spillDirectory() {
        return spillDirectory;
    }

    /** Stops all ports at once; each waits a while for its sessions. */
    @Override
    @PreDestroy
    public void destroy() {
        scheduler.shutdownNow();
        if (getServers() != null) {
            getServers().parallelStream().forEach(AbstractConfigurableAsyncServer::destroy);
        }
        workers.shutdown();
    }
}
