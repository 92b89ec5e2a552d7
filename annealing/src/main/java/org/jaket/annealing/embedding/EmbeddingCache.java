package org.jaket.annealing.embedding;

import org.jaket.annealing.topology.HardwareGraph;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A folder of embeddings that were found before, one file for each pair of problem and processor.
 *
 * <pre>{@code
 * EmbeddingCache cache = new EmbeddingCache(Path.of("embeddings"));
 * Embedding embedding = cache.get(problem, hardware, () -> embedder.embed(problem, hardware, options));
 * }</pre>
 *
 * <p>Any number of threads and processes may use one folder. Files appear when they are complete;
 * what is damaged nevertheless, or does not carry the problem, counts as missing, and is replaced
 * by what is found next.
 */
public final class EmbeddingCache {
    private static final System.Logger LOG = System.getLogger(EmbeddingCache.class.getName());

    private final Path folder;

    /** A cache in a folder, which is made when it is first needed. */
    public EmbeddingCache(Path folder) {
        this.folder = folder;
    }

    /**
     * What was found before.
     *
     * @return a valid embedding, or nothing
     * @throws IOException if a file is there and cannot be read
     */
    public Optional<Embedding> find(ProblemGraph problem, HardwareGraph hardware)
            throws IOException {
        try {
            Embedding embedding = Embedding.read(file(problem, hardware));
            return embedding.faults(problem, hardware).isEmpty()
                    ? Optional.of(embedding)
                    : Optional.empty();
        } catch (NoSuchFileException | EmbeddingFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * Keeps an embedding, in place of the one that was kept before.
     *
     * @throws InvalidEmbeddingException if it does not carry the problem on the processor
     * @throws IOException if it cannot be written
     */
    public void put(ProblemGraph problem, HardwareGraph hardware, Embedding embedding)
            throws IOException {
        embedding.requireValid(problem, hardware);
        Files.createDirectories(folder);
        embedding.save(file(problem, hardware));
    }

    /**
     * What was found before, or else what a search finds now, which is kept. If it cannot be
     * written after all, that is logged, and what was found is still returned.
     *
     * @throws IOException if the folder cannot be made or read; that is found out before the search
     */
    public Embedding get(ProblemGraph problem, HardwareGraph hardware, Supplier<Embedding> search)
            throws IOException {
        Optional<Embedding> known = find(problem, hardware);
        if (known.isPresent()) {
            return known.get();
        }
        Files.createDirectories(folder);
        Embedding found = search.get();
        try {
            put(problem, hardware, found);
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "an embedding was found, but could not be kept in " + folder,
                    e);
        }
        return found;
    }

    /** Where the embedding of a problem on a processor is kept. */
    public Path file(ProblemGraph problem, HardwareGraph hardware) {
        String both = problem.digest() + " " + hardware.digest();
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(both.getBytes(StandardCharsets.US_ASCII));
            return folder.resolve(HexFormat.of().formatHex(digest) + ".json");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
