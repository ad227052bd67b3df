// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.containment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.amrelay.mail.address.Network;

/** Somebody who sends mail as people and programs do, the same for the same seed. */
final class SimulatedAccount {
    static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    /** What kind of sender. */
    enum Kind {
        OFFICE,
        TRAVELLER,
        SHOP,
        NEWSLETTER,
        INVOICES,
        TICKETS,
        MAILING_LIST,
        HOLIDAY,
        NEWCOMER
    }

    private final Kind kind;
    private final Random random;
    private final int people;
    private final Network home;
    private final Network phone;
    private final List<Submission> sent = new ArrayList<>();
    private int strangers;

    SimulatedAccount(Kind kind, long seed) {
        this.kind = kind;
        this.random = new Random(seed * 31 + kind.ordinal());
        this.people = 20 + random.nextInt(60);
        this.home = network(1);
        this.phone = network(2);
    }

    Network home() {
        return home;
    }

    Network network(int kindOfPlace) {
        return Network.of("10." + (kindOfPlace + 10 * random.nextInt(20)) + "." + random.nextInt(256) + ".0/24");
    }

    /** In order of time, with a week beginning on Sunday. */
    List<Submission> days(int days) {
        for (int day = 0; day < days; day++) {
            Instant midnight = START.plus(Duration.ofDays(day));
            switch (kind) {
                case OFFICE -> office(day, midnight, false);
                case TRAVELLER -> office(day, midnight, day % 9 >= 6);
                case HOLIDAY -> {
                    if (day < 8 || day >= 22) {
                        office(day, midnight, false);
                    }
                }
                case NEWCOMER -> {
                    if (day >= 29) {
                        office(2, midnight, false);
                    }
                }
                case SHOP -> batch(midnight.plusSeconds(7200), 60 + random.nextInt(60), true, 3);
                case TICKETS -> spread(midnight, 40 + random.nextInt(80));
                case NEWSLETTER -> newsletter(day, midnight);
                case INVOICES -> invoices(day, midnight);
                case MAILING_LIST -> mailingList(midnight);
            }
        }
        sent.sort(Comparator.comparing(Submission::at));
        return List.copyOf(sent);
    }

    private void office(int day, Instant midnight, boolean away) {
        boolean weekend = day % 7 == 0 || day % 7 == 6;
        int messages = weekend ? random.nextInt(3) : 8 + random.nextInt(22);
        Network hotel = network(3);
        Network cell = random.nextBoolean() ? phone : network(4);
        for (int i = 0; i < messages; i++) {
            Instant at = midnight.plusSeconds(8 * 3600 + random.nextInt(10 * 3600));
            Network place = random.nextInt(5) == 0 ? cell : away ? hotel : home;
            send(at, place, recipients(random.nextInt(6) == 0 ? 4 : 1, 0.07));
        }
    }

    private void batch(Instant from, int messages, boolean each, int pace) {
        for (int i = 0; i < messages; i++) {
            send(from.plusSeconds((long) i * pace), home, recipients(1, each ? 0.6 : 0));
        }
    }

    private void spread(Instant midnight, int messages) {
        for (int i = 0; i < messages; i++) {
            send(midnight.plusSeconds(random.nextInt(86_400)), home, recipients(1, 0.5));
        }
    }

    private void newsletter(int day, Instant midnight) {
        if (day % 7 == people % 7) {
            for (int i = 0; i < 10_000; i++) {
                send(midnight.plusSeconds(36_000 + i / 5), home, List.of("reader" + (i + day) + "@readers.example"));
            }
        } else {
            batch(midnight.plusSeconds(40_000), random.nextInt(4), false, 900);
        }
    }

    private void invoices(int day, Instant midnight) {
        if (day % 31 == 0) {
            for (int i = 0; i < 2000; i++) {
                send(midnight.plusSeconds(14_400 + i), home, List.of("customer" + (i + day) + "@shops.example"));
            }
        } else if (people % 2 == 0) {
            batch(midnight.plusSeconds(33_000), 2 + random.nextInt(5), false, 1200);
        }
    }

    private void mailingList(Instant midnight) {
        for (int i = random.nextInt(12); i >= 0; i--) {
            List<String> members = new ArrayList<>();
            for (int member = 0; member < 150; member++) {
                members.add("member" + member + "@list.example");
            }
            send(midnight.plusSeconds(random.nextInt(86_400)), home, members);
        }
    }

    private List<String> recipients(int count, double unknown) {
        List<String> chosen = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            // People write to few often and to many seldom.
            double near = random.nextDouble();
            chosen.add(
                    random.nextDouble() < unknown
                            ? "stranger" + strangers++ + "@elsewhere.example"
                            : "friend" + (int) (near * near * people) + "@friends.example");
        }
        return chosen;
    }

    private void send(Instant at, Network network, List<String> recipients) {
        sent.add(new Submission(at, network, Optional.empty(), recipients, OptionalDouble.empty()));
    }
}
