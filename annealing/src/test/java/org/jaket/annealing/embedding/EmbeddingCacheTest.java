package org.jaket.annealing.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jaket.annealing.topology.Chimera;
import org.jaket.annealing.topology.HardwareGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

class EmbeddingCacheTest {
    private static final HardwareGraph CELL = new Chimera(1, 1, 4).graph();
    private static final ProblemGraph PAIR = ProblemGraph.complete(2);

    private static final Embedding FIRST = Embedding.of(List.of(new int[] {0}, new int[] {4}));

    @TempDir Path root;

    @Test
    void aSearchIsMadeOnceForEachPairOfGraphs() throws IOException {
        Path folder = root.resolve("made").resolve("on demand");
        AtomicInteger searches = new AtomicInteger();
        for (int run = 0; run < 3; run++) {
            // A new cache each time, as in a new process.
            Embedding found =
                    new EmbeddingCache(folder)
                            .get(
                                    PAIR,
                                    CELL,
                                    () -> {
                                        searches.incrementAndGet();
                                        return FIRST;
                                    });
            assertThat(found).isEqualTo(FIRST);
        }
        assertThat(searches).hasValue(1);
        EmbeddingCache cache = new EmbeddingCache(folder);
        assertThat(cache.find(ProblemGraph.bipartite(1, 2), CELL)).isEmpty();
        assertThat(cache.find(PAIR, CELL.without(7))).isEmpty();
        assertThat(cache.find(PAIR, new Chimera(1, 1, 4).graph())).contains(FIRST);
    }

    /** Cut at any place, or right but for something else. */
    @Test
    void whatIsDamagedCountsAsMissingAndIsReplaced() throws IOException {
        EmbeddingCache cache = new EmbeddingCache(root);
        cache.put(PAIR, CELL, FIRST);
        Path file = cache.file(PAIR, CELL);
        String text = Files.readString(file);
        for (int length = 0; length < text.strip().length(); length++) {
            Files.writeString(file, text.substring(0, length));
            assertThat(cache.find(PAIR, CELL)).as("%d characters", length).isEmpty();
        }
        Embedding.of(List.of(new int[] {0}, new int[] {1})).save(file);
        assertThat(cache.find(PAIR, CELL)).as("qubits that are not coupled").isEmpty();
        assertThat(cache.get(PAIR, CELL, () -> FIRST)).isEqualTo(FIRST);
        assertThat(cache.find(PAIR, CELL)).contains(FIRST);
    }

    /** A reader sees one embedding or the other, whenever it looks. */
    @Test
    void nothingHalfWrittenIsEverRead() throws Exception {
        EmbeddingCache cache = new EmbeddingCache(root);
        Embedding second = Embedding.of(List.of(new int[] {1, 5, 2}, new int[] {6, 3, 7}));
        cache.put(PAIR, CELL, FIRST);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread writer =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try {
                                        for (int k = 0; k < 200; k++) {
                                            cache.put(PAIR, CELL, k % 2 == 0 ? second : FIRST);
                                        }
                                    } catch (IOException | RuntimeException e) {
                                        failure.set(e);
                                    }
                                });
        while (writer.isAlive()) {
            assertThat(cache.find(PAIR, CELL).orElseThrow()).isIn(FIRST, second);
        }
        writer.join();
        assertThat(failure.get()).isNull();
        try (Stream<Path> files = Files.list(root)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void whatDoesNotFitIsNotKept() throws IOException {
        EmbeddingCache cache = new EmbeddingCache(root);
        assertThatThrownBy(() -> cache.put(ProblemGraph.complete(3), CELL, FIRST))
                .isInstanceOf(InvalidEmbeddingException.class);
        try (Stream<Path> files = Files.list(root)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aFolderThatCannotBeMadeIsToldBeforeTheSearch() throws IOException {
        Path file = Files.writeString(root.resolve("file"), "");
        assertThatThrownBy(
                        () ->
                                new EmbeddingCache(file.resolve("below"))
                                        .get(
                                                PAIR,
                                                CELL,
                                                () -> {
                                                    throw new AssertionError("searched");
                                                }))
                .isInstanceOf(IOException.class);
    }
}
