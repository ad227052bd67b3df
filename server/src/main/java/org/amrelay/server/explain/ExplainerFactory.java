// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.explain;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amrelay.delivery.lane.TlsForecast;
import org.amrelay.delivery.suppression.SuppressionStore;
import org.amrelay.server.assembly.ContentModule;
import org.amrelay.server.assembly.DryRelay;
import org.amrelay.server.assembly.SpamModule;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.RelaySettings;
import org.amrelay.server.home.StartRefused;
import org.amrelay.server.processing.ProcessingRehearsal;
import org.amrelay.server.smtp.SessionRehearsal;
import org.amrelay.storage.RelayStorage;
import org.amrelay.storage.account.AccountSnapshot;

/** Makes explainers from a home, or from the shipped configuration when there is none. */
public final class ExplainerFactory {
    private static final String SHIPPED = "/org/amrelay/server/conf";
    private static final Path NAME_OF_THE_MACHINE = Path.of("/proc/sys/kernel/hostname");

    private final Map<String, String> environment;
    private final InstantSource clock;

    public ExplainerFactory(Map<String, String> environment, InstantSource clock) {
        this.environment = Map.copyOf(environment);
        this.clock = clock;
    }

    /**
     * For a home with its accounts, domains and aliases; its relay may run meanwhile.
     *
     * @throws StartRefused when the configuration is wrong
     */
    public Explainer of(Home home) {
        return of(
                home.conf(),
                home,
                new KnownAccounts(RelayStorage.glance(home.data()), false),
                RelayStorage.glanceAtSuppressions(home.data()));
    }

    /**
     * For the configuration that the program brings along; every domain and every account is taken to be ours.
     *
     * @throws StartRefused when it cannot be read
     */
    public Explainer shipped() {
        URL shipped = ExplainerFactory.class.getResource(SHIPPED);
        if (shipped == null) {
            throw new StartRefused("the build has no configuration in it");
        }
        KnownAccounts everybody = new KnownAccounts(AccountSnapshot.empty(), true);
        Home here = new Home(Path.of(""));
        try {
            URI place = shipped.toURI();
            if (!"jar".equals(place.getScheme())) {
                return of(Path.of(place), here, everybody, SuppressionStore.empty());
            }
            try (FileSystem jar = FileSystems.newFileSystem(place, Map.of())) {
                return of(jar.getPath(SHIPPED), here, everybody, SuppressionStore.empty());
            }
        } catch (IOException | URISyntaxException odd) {
            throw new StartRefused("the build is at an odd place: " + shipped, odd);
        }
    }

    private Explainer of(Path conf, Home home, KnownAccounts known, SuppressionStore suppressed) {
        RelaySettings settings = RelaySettings.read(conf, environment, ExplainerFactory::nameOfTheMachine);
        World world = new World();
        world.become(new World.Silence(), clock.instant());
        RecordingSpool spool = new RecordingSpool();
        RecordingScorer scorer = new RecordingScorer(SpamModule.scorer(conf, home));
        SeenContent content = new SeenContent();
        DryRelay relay = DryRelay.assemble(
                conf,
                home,
                settings,
                environment,
                new DryRelay.Surroundings(
                        new RecordingStorage(known, spool, suppressed),
                        world,
                        new NamesOfTheWorld(world),
                        scorer,
                        ContentModule.filter(conf, environment).rehearsing(content::add),
                        world));
        List<SessionRehearsal> ports = relay.ports();
        if (ports.isEmpty()) {
            throw new StartRefused(conf.resolve("smtpserver.xml") + " has no server");
        }
        return new Explainer(
                world,
                spool,
                ports,
                relay.part(ProcessingRehearsal.class),
                relay.part(TlsForecast.class),
                scorer,
                content,
                known,
                settings.hostname(),
                clock);
    }

    /** Asked for without a resolver, which might open a socket. */
    private static String nameOfTheMachine() {
        try {
            return Optional.of(Files.readString(NAME_OF_THE_MACHINE).strip())
                    .filter(name -> !name.isEmpty())
                    .orElse("localhost");
        } catch (IOException unknown) {
            return "localhost";
        }
    }
}
