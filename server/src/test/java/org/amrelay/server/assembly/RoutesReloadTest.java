// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.RelaySettings;
import org.amrelay.server.home.StartRefused;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoutesReloadTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private Home home;

    @BeforeEach
    void thereIsAHome() throws IOException {
        home = new Home(directory);
        Files.createDirectories(home.conf());
    }

    private RoutesReload reload() {
        return RoutesReload.of(home, RelaySettings.read(home, Map.of()), Map.of("PORT", "2500"));
    }

    private void write(String text) throws IOException {
        Files.writeString(home.conf().resolve("routes.yaml"), text);
    }

    @Test
    void readsTheFileAgainWhenItChangesAndKeepsTheRoutesWhenItIsWrong() throws Exception {
        RoutesReload reload = reload();
        assertThat(reload.books().current().isEmpty()).isTrue();
        write("routes: [{name: one, to: smarthosts, hosts: 'h:${PORT}'}]\n");
        reload.look();
        assertThat(reload.books().current().names()).containsExactly("one");
        write("routes: [{name: two, to: nobody-knows-where}]\n");
        reload.look();
        assertThat(reload.books().current().names()).containsExactly("one");
        write("routes: [{name: three, to: mx, ehlo: '${AMR_HOSTNAME}'}]\n");
        reload.look();
        assertThat(reload.books().current().names()).containsExactly("three");
        Files.delete(home.conf().resolve("routes.yaml"));
        reload.look();
        assertThat(reload.books().current().isEmpty()).isTrue();
    }

    @Test
    void looksByItselfOnceStarted() throws Exception {
        RoutesReload reload = reload();
        reload.start();
        try {
            write("routes: [{name: one, to: mx}]\n");
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(reload.books().current().names()).containsExactly("one"));
        } finally {
            reload.stop();
        }
    }

    @Test
    void refusesToStartAndNamesEveryMistake() throws Exception {
        write("routes:\n  - {name: x, to: smarthost}\n  - {nmae: y, to: mx}\n");
        assertThatThrownBy(this::reload)
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("routes.yaml line 3: 'nmae' is unknown, did you mean 'name'?")
                .hasMessageContaining("line 3: 'name' is missing")
                .hasMessageNotContaining("\n");
    }
}
