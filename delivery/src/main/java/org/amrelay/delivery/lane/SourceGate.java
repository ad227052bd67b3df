// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.amrelay.delivery.client.Source;
import org.amrelay.delivery.client.Target;
import org.amrelay.delivery.shaping.SourceCaps;
import org.amrelay.mail.reply.Reply;

/** From which of our addresses mail may still leave to one site today. For the engine's thread. */
final class SourceGate {
    private final SourceCaps caps;
    private final String site;
    private final InstantSource clock;

    SourceGate(SourceCaps caps, String site, InstantSource clock) {
        this.caps = caps;
        this.site = site;
        this.clock = clock;
    }

    boolean admits(Source source) {
        return caps.admits(source.address(), site, clock.instant());
    }

    /** Whether a connection that was kept may carry one more; one without a source of ours may. */
    boolean admits(Target target) {
        return target.options().source().filter(source -> !admits(source)).isEmpty();
    }

    /** One message leaves that way. */
    void leaves(Target target) {
        count(target, 1);
    }

    /** It has not left after all. */
    void stays(Target target) {
        count(target, -1);
    }

    private void count(Target target, int more) {
        target.options().source().ifPresent(source -> caps.count(source.address(), site, more, clock.instant()));
    }

    /** Why nothing leaves any more, and until when. */
    Fate barred() {
        return Fate.later(
                Reply.of(
                        451, "4.7.0", "the source addresses have sent what their warm-up allows to " + site + " today"),
                "");
    }

    Optional<Instant> until() {
        return Optional.of(SourceCaps.tomorrow(clock.instant()));
    }
}
