// SPDX-License-Identifier: Apache-2.0
package org.amrelay.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive of the distribution, unpacked far from any source tree, is a whole relay. */
class RunsFromItsArchiveTest {
    @TempDir
    static Path directory;

    private static Path unpacked;

    @BeforeAll
    static void unpack() throws Exception {
        List<Path> archives = List.of();
        Path target = ReadmeCommandsTest.ROOT.resolve("server/target");
        if (Files.isDirectory(target)) {
            archives = files(target)
                    .filter(file -> file.getFileName().toString().matches("amr-[0-9].*\\.tar\\.gz"))
                    .toList();
        }
        Programs.needThat(archives.size() == 1, "needs the archive; mvn verify makes it, -Pquick does not");
        Programs.run(
                directory,
                Map.of(),
                List.of(Programs.need("tar"), "-xzf", archives.get(0).toString()));
        unpacked = files(directory).filter(Files::isDirectory).findFirst().orElseThrow();
    }

    @Test
    void hasProgramConfigurationDocumentsAndLicences() throws IOException {
        for (String file : List.of(
                "conf/relay.yaml",
                "conf/mailetcontainer.xml",
                "conf/notices/de.txt",
                "docs/guide/getting-started.md",
                "README.md",
                "CHANGELOG.md",
                "LICENSE",
                "NOTICE")) {
            assertThat(unpacked.resolve(file)).isNotEmptyFile();
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(unpacked.resolve("bin/amr"))))
                .isEqualTo("rwxr-xr-x");
    }

    @Test
    void hasEveryLibraryThatTheProgramNamesAndNoOther() throws IOException {
        try (JarFile program =
                new JarFile(unpacked.resolve("lib/amr-server-program.jar").toFile())) {
            String named = program.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            Set<String> there = files(unpacked.resolve("lib"))
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("amr-server-program.jar"))
                    .collect(Collectors.toSet());
            assertThat(there).containsExactlyInAnyOrder(named.split(" "));
        }
    }

    @Test
    void relaysAMessageThroughALinkOnThePath() throws Exception {
        Path link = Files.createSymbolicLink(
                Files.createDirectory(directory.resolve("path")).resolve("amr"), unpacked.resolve("bin/amr"));
        String said = Programs.run(directory, Map.of("AMR_NO_ARCHIVE", "1"), List.of(link.toString(), "demo"));
        assertThat(said).containsIgnoringCase("accepted").containsIgnoringCase("delivered");
    }

    private static Stream<Path> files(Path folder) throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.toList().stream();
        }
    }
}
