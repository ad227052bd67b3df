// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides which step of a rotation is due; pure. */
final class KeyRotation {
    private final RotationSettings settings;

    KeyRotation(RotationSettings settings) {
        this.settings = settings;
    }

    /** What to do with keys. */
    sealed interface Step {
        /** The waiting key has been published long enough: it signs, and those that signed before retire. */
        record Activate(StoredKey next, List<StoredKey> before) implements Step {}

        /** The key has signed long enough: make one that waits. */
        record MakeNext(StoredKey active) implements Step {}

        /** No mail that it signed can be on its way any more. */
        record Delete(StoredKey retired) implements Step {}
    }

    /** The steps for all keys; at most one for each key. */
    List<Step> due(List<StoredKey> all, Instant now) {
        List<Step> steps = new ArrayList<>();
        for (StoredKey key : all) {
            switch (key.state()) {
                case NEXT -> {
                    if (isOver(key.publishedSince(), settings.overlap(), now)) {
                        steps.add(new Step.Activate(key, likeIt(all, key, KeyState.ACTIVE)));
                    }
                }
                case ACTIVE -> {
                    boolean isOld = settings.every().isPresent()
                            && isOver(Optional.of(key.since()), settings.every().get(), now);
                    if (isOld && likeIt(all, key, KeyState.NEXT).isEmpty()) {
                        steps.add(new Step.MakeNext(key));
                    }
                }
                case RETIRED -> {
                    if (isOver(Optional.of(key.since()), settings.keep(), now)) {
                        steps.add(new Step.Delete(key));
                    }
                }
            }
        }
        return steps;
    }

    /** The keys of the same domain and algorithm in a state. */
    static List<StoredKey> likeIt(List<StoredKey> all, StoredKey key, KeyState state) {
        return all.stream()
                .filter(other -> other.domain().equals(key.domain())
                        && other.algorithm() == key.algorithm()
                        && other.state() == state)
                .toList();
    }

    private static boolean isOver(Optional<Instant> start, Duration duration, Instant now) {
        return start.filter(at -> !now.isBefore(at.plus(duration))).isPresent();
    }
}
