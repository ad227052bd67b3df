// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.containment;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.amrelay.mail.address.Network;

/**
 * What is usual for an account, within about 20 KB.
 *
 * <p>Not safe for several threads.
 */
public final class AccountBaseline {
    private static final Duration STRANGE = Duration.ofDays(1);
    private static final Duration GUESSES_COUNT = Duration.ofDays(1);
    private static final Duration AT_ONCE = Duration.ofHours(1);
    private static final int MOST_NETWORKS = 64;
    private static final int MOST_COUNTRIES = 32;
    private static final int LATEST = 20;
    private static final double OUTCOMES_KEPT = 100;

    final Traffic traffic = new Traffic();
    final Habits habits = new Habits();
    final Instant created;
    private final RecipientMemory recipients = new RecipientMemory();
    /** With the number of new recipients that were written to from there. */
    private final Map<Network, Use> networks = new LinkedHashMap<>(16, 0.75f, true);

    private final Map<Network, Use> guesses = new LinkedHashMap<>(16, 0.75f, true);
    private final Set<String> countries = new HashSet<>();
    /** The latest recipients, a bit each: whether they were new. */
    private int latest;

    private int latestCount;
    private double outcomes;
    private double bounces;
    private long day;

    private record Use(Instant first, Instant last, int times) {
        Use again(Instant now, int more) {
            return new Use(first, now, (int) Math.min(Integer.MAX_VALUE, (long) times + more));
        }
    }

    public AccountBaseline(Instant created) {
        this.created = created;
        this.day = dayOf(created);
    }

    /** A log-in that failed, from anywhere. */
    public void failedLogin(Network network, Instant at) {
        put(guesses, network, at, 1);
    }

    /** What became of a recipient, or that one was refused at once because it is unknown or suppressed. */
    public void outcome(boolean bounced) {
        if (outcomes >= OUTCOMES_KEPT) {
            outcomes *= 0.5;
            bounces *= 0.5;
        }
        outcomes++;
        bounces += bounced ? 1 : 0;
    }

    /** Makes everything up to now usual: what an administrator says who releases the account. */
    public void accept(Instant at) {
        habits.note(traffic, 0, 0, hour(at), networksAtOnce(at));
        habits.endDay(false);
        networks.replaceAll((network, use) -> new Use(at.minus(STRANGE), use.last(), use.times()));
        guesses.clear();
        outcomes = 0;
        bounces = 0;
        latestCount = 0;
    }

    /** Forgets the last day: what an administrator says who recalled its mail. */
    public void forgetLatest(Instant at) {
        traffic.clear();
        habits.forgetToday();
        networks.values().removeIf(use -> use.first().plus(STRANGE).isAfter(at));
        guesses.clear();
        outcomes = 0;
        bounces = 0;
        latestCount = 0;
    }

    /** How many of the recipients are new. */
    int note(Submission submission, ContainmentSettings settings) {
        long today = dayOf(submission.at());
        if (today > day && latestCount > 0) {
            habits.endDay(isLearning(submission.at(), settings));
        }
        day = Math.max(day, today);
        int unknown = 0;
        for (String recipient : submission.recipients()) {
            int isNew = recipients.meets(recipient) ? 1 : 0;
            unknown += isNew;
            latest = (latest << 1) | isNew;
            latestCount = Math.min(LATEST, latestCount + 1);
        }
        put(networks, submission.network(), submission.at(), unknown);
        traffic.add(submission.at(), submission.recipients().size(), unknown);
        return unknown;
    }

    /** After the decision, or the mail in question would be its own excuse. */
    void learn(Submission submission, int unknown) {
        habits.note(
                traffic,
                submission.recipients().size(),
                unknown,
                hour(submission.at()),
                networksAtOnce(submission.at()));
        if (countries.size() < MOST_COUNTRIES) {
            submission.country().ifPresent(countries::add);
        }
    }

    boolean isLearning(Instant now, ContainmentSettings settings) {
        return habits.days() < settings.activeDays() || now.isBefore(created.plus(settings.learning()));
    }

    boolean isStrange(Network network, Instant now) {
        Use use = networks.get(network);
        return networks.size() > 1 && (use == null || use.first().plus(STRANGE).isAfter(now));
    }

    int strangersFrom(Network network) {
        Use use = networks.get(network);
        return use == null ? 0 : use.times();
    }

    boolean isStrange(Optional<String> country) {
        return country.isPresent() && !countries.isEmpty() && !countries.contains(country.get());
    }

    int networksAtOnce(Instant now) {
        return (int) networks.values().stream()
                .filter(use -> use.last().plus(AT_ONCE).isAfter(now))
                .count();
    }

    int guesses(Network network, Instant now) {
        Use use = guesses.get(network);
        return use == null || use.last().plus(GUESSES_COUNT).isBefore(now) ? 0 : use.times();
    }

    int latestCount() {
        return latestCount;
    }

    double latestShare() {
        return latestCount == 0 ? 0 : (double) Integer.bitCount(latest & ((1 << latestCount) - 1)) / latestCount;
    }

    double outcomes() {
        return outcomes;
    }

    double bounceRatio() {
        return outcomes == 0 ? 0 : bounces / outcomes;
    }

    static int hour(Instant at) {
        return at.atOffset(ZoneOffset.UTC).getHour();
    }

    private static long dayOf(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), 86_400L);
    }

    private static void put(Map<Network, Use> uses, Network network, Instant at, int times) {
        Use known = uses.get(network);
        if (known == null && uses.size() >= MOST_NETWORKS) {
            uses.remove(uses.keySet().iterator().next());
        }
        uses.put(network, known == null ? new Use(at, at, times) : known.again(at, times));
    }

    void writeTo(DataOutputStream out) throws IOException {
        out.writeLong(created.toEpochMilli());
        traffic.writeTo(out);
        habits.writeTo(out);
        recipients.writeTo(out);
        write(out, networks);
        write(out, guesses);
        out.writeInt(countries.size());
        for (String country : countries) {
            out.writeUTF(country);
        }
        out.writeInt(latest);
        out.writeInt(latestCount);
        BaselineCodec.write(out, new double[] {outcomes, bounces});
        out.writeLong(day);
    }

    static AccountBaseline readFrom(DataInputStream in) throws IOException {
        AccountBaseline read = new AccountBaseline(BaselineCodec.time(in));
        read.traffic.readFrom(in);
        read.habits.readFrom(in);
        read.recipients.readFrom(in);
        read(in, read.networks);
        read(in, read.guesses);
        for (int left = BaselineCodec.count(in, MOST_COUNTRIES); left > 0; left--) {
            read.countries.add(in.readUTF());
        }
        read.latest = in.readInt();
        read.latestCount = BaselineCodec.count(in, LATEST);
        read.outcomes = BaselineCodec.amount(in);
        read.bounces = BaselineCodec.amount(in);
        read.day = BaselineCodec.number(in, true);
        return read;
    }

    /** The least lately used first, which is the order in which they are forgotten. */
    private static void write(DataOutputStream out, Map<Network, Use> uses) throws IOException {
        out.writeInt(uses.size());
        for (Map.Entry<Network, Use> entry : uses.entrySet()) {
            out.writeUTF(entry.getKey().toString());
            out.writeLong(entry.getValue().first().toEpochMilli());
            out.writeLong(entry.getValue().last().toEpochMilli());
            out.writeInt(entry.getValue().times());
        }
    }

    private static void read(DataInputStream in, Map<Network, Use> uses) throws IOException {
        for (int left = BaselineCodec.count(in, MOST_NETWORKS); left > 0; left--) {
            Network network = Network.of(in.readUTF());
            Instant first = BaselineCodec.time(in);
            Instant last = BaselineCodec.time(in);
            uses.put(network, new Use(first, last, BaselineCodec.count(in, Integer.MAX_VALUE)));
        }
    }
}
