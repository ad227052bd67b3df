// SPDX-License-Identifier: Apache-2.0
package org.amrelay.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SourceTest {
    private static final int LONGEST_FILE = 300;
    private static final int LONGEST_METHOD = 40;
    private static final int LONGEST_ADAPTER = 60;
    private static final int LONGEST_PAGE = 15;
    private static final Pattern WIDE = Pattern.compile(
            "(Exception|RuntimeException|Throwable)( \\|.*)?|.*\\| (Exception|RuntimeException|Throwable)\\b.*");
    private static final Pattern ADAPTER = Pattern.compile("Relay(Mailet|Matcher|Hook)<.*");

    private static final String TABLE = "a table of questions by their names, in which nothing happens";

    /** What may be longer, by file or by Class.method, with the reason. */
    private static final Map<String, String> WAIVED = Map.of(
            "SqliteEngine.open", "wires the parts of storage, one constructor call each",
            "FileChecks.all", TABLE,
            "HeaderChecks.all", TABLE,
            "LinkChecks.all", TABLE,
            "SenderChecks.all", TABLE,
            "TextChecks.all", TABLE,
            "filtering/src/main/java/org/amrelay/filtering/spam/rules/Lists.java", "words, some on each line",
            "filtering/src/main/java/org/amrelay/filtering/spam/rules/TextChecks.java", TABLE);

    private static final List<String> MISTAKES = new ArrayList<>();

    @BeforeAll
    static void parseEverything() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null,
                    files,
                    null,
                    List.of("-proc:none"),
                    null,
                    files.getJavaFileObjectsFromPaths(Checkout.sources()));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                new Measure(unit, positions).scan(unit, null);
            }
        }
    }

    @Test
    void filesMethodsAndAdaptersAreShortAndEnginesCatchWhatTheyKnow() {
        assertThat(MISTAKES).isEmpty();
    }

    @Test
    void everyFileNamesItsLicenceFirst() {
        assertThat(Checkout.sources())
                .isNotEmpty()
                .allSatisfy(
                        file -> assertThat(Checkout.text(file)).startsWith("// SPDX-License-Identifier: Apache-2.0\n"));
    }

    /** A build that is red by the luck of the draw stops work that is right; CONTRIBUTING says how to look further. */
    @Test
    void everyPropertyTriesTheSameCasesInEachBuild() {
        Pattern unseeded = Pattern.compile("@" + "Property(?!\\(seed = )\\b");
        assertThat(Checkout.tests())
                .isNotEmpty()
                .allSatisfy(
                        file -> assertThat(unseeded.matcher(Checkout.text(file)).find())
                                .as("%s has a property without a seed", file)
                                .isFalse());
    }

    @Test
    void packagePagesFitAtADoor() {
        assertThat(Checkout.sources())
                .filteredOn(file -> file.endsWith("package-info.java"))
                .isNotEmpty()
                .allSatisfy(file -> {
                    String text = Checkout.text(file);
                    String page = text.substring(text.indexOf("/**"), text.indexOf("*/"));
                    assertThat(page.lines().count() - 1).as("lines of the page").isBetween(1L, (long) LONGEST_PAGE);
                });
    }

    private static final class Measure extends TreeScanner<Void, String> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final String file;
        private final boolean engine;

        Measure(CompilationUnitTree unit, SourcePositions positions) {
            this.unit = unit;
            this.positions = positions;
            Path path = Path.of(unit.getSourceFile().toUri());
            this.file = Checkout.root().relativize(path).toString();
            this.engine = List.of("mail", "delivery", "authentication", "filtering", "encryption")
                    .contains(file.substring(0, file.indexOf('/')));
            check(file, unit.getLineMap().getLineNumber(positions.getEndPosition(unit, unit)), LONGEST_FILE, "file");
        }

        @Override
        public Void visitClass(ClassTree tree, String outer) {
            if (tree.getExtendsClause() != null
                    && ADAPTER.matcher(tree.getExtendsClause().toString()).matches()) {
                long settings = tree.getMembers().stream()
                        .filter(member -> member.getKind() == Tree.Kind.RECORD)
                        .mapToLong(this::lines)
                        .sum();
                check(tree.getSimpleName().toString(), lines(tree) - settings, LONGEST_ADAPTER, "adapter");
            }
            return super.visitClass(tree, tree.getSimpleName().toString());
        }

        @Override
        public Void visitMethod(MethodTree tree, String outer) {
            check(outer + "." + tree.getName(), lines(tree), LONGEST_METHOD, "method");
            return super.visitMethod(tree, outer);
        }

        @Override
        public Void visitCatch(CatchTree tree, String outer) {
            if (engine && WIDE.matcher(tree.getParameter().getType().toString()).matches()) {
                MISTAKES.add(file + " catches " + tree.getParameter().getType()
                        + ": an engine names what it expects, the seam catches the rest");
            }
            return super.visitCatch(tree, outer);
        }

        private long lines(Tree tree) {
            long start = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, tree));
            return unit.getLineMap().getLineNumber(positions.getEndPosition(unit, tree)) - start + 1;
        }

        private void check(String name, long lines, int limit, String kind) {
            if (lines > limit && !WAIVED.containsKey(name)) {
                MISTAKES.add(kind + " " + name + (name.equals(file) ? "" : " in " + file) + " has " + lines
                        + " lines, more than " + limit);
            }
        }
    }
}
