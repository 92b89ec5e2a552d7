package org.jaket.annealing.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

class EmbeddingFileTest {
    @TempDir Path folder;

    @Test
    void whatWasSavedIsReadAgain() throws IOException {
        Path file = folder.resolve("e.json");
        for (Embedding embedding :
                List.of(
                        Embedding.of(List.of()),
                        Embedding.of(List.of(new int[] {7, 2}, new int[] {}, new int[] {5639})))) {
            embedding.save(file);
            assertThat(Embedding.read(file)).isEqualTo(embedding);
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).as("nothing else is left behind").containsExactly(file);
        }
    }

    /** Cut anywhere, also inside a number that would still be one. */
    @Test
    void everyTruncatedFileIsRefusedWithItsName() throws IOException {
        Path file = folder.resolve("e.json");
        Embedding.of(List.of(new int[] {10, 20}, new int[] {30})).save(file);
        String text = Files.readString(file).strip();
        Path cut = folder.resolve("cut.json");
        for (int length = 0; length < text.length(); length++) {
            Files.writeString(cut, text.substring(0, length));
            assertThatThrownBy(() -> Embedding.read(cut))
                    .isInstanceOf(EmbeddingFormatException.class)
                    .hasMessageStartingWith(cut.toString());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    [1]                                    | should be a JSON object
                    {"chains": [[1]]}                      | is no embedding
                    {"format": "jaket-embedding"}          | has no "chains"
                    {"format": 3}                          | the format should be a string
                    {FMT, "version": 2, "chains": []}      | has version 2, but only 1 can be read
                    {FMT, "version": 1, "chains": [1]}     | a chain should be a list
                    {FMT, "version": 1, "chains": [[1.5]]} | a qubit should be a whole number
                    {FMT, "version": 1, "chains": [["a"]]} | a qubit should be a whole number
                    {FMT, "version": 1, "chains": [[-1]]}  | the chain of variable 0 has qubit -1
                    {FMT, "version": 1, "chains": [[1,1]]} | qubit 1 twice
                    {FMT, "version": 1, "chains": [[9999999999]]} | out of range of `int`
                    {FMT, "version": 1, "chains": []} []   | goes on after its JSON object
                    {FMT, "version": 1, "chains": [[[[[1]]]]]} | a qubit should be a whole number
                    {FMT, "x": [[[[[[1]]]]]], "chains": []} | nesting depth
                    {FMT, "chains": [], "chains": []}      | Duplicate
                    """)
    void whatIsNoEmbeddingIsRefusedInWords(String text, String message) throws IOException {
        Path file = folder.resolve("e.json");
        Files.writeString(file, text.replace("FMT", "\"format\": \"jaket-embedding\""));
        assertThatThrownBy(() -> Embedding.read(file))
                .isInstanceOf(EmbeddingFormatException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(message);
    }

    @Test
    void membersThatLaterVersionsAddArePassedOver() throws IOException {
        Path file = folder.resolve("e.json");
        Files.writeString(
                file,
                """
                {"made": {"by": [1]}, "version": 1, "chains": [[4]], "format": "jaket-embedding"}
                """);
        assertThat(Embedding.read(file)).isEqualTo(Embedding.of(List.of(new int[] {4})));
    }

    @Test
    void aFileThatIsNotThereIsAnIoException() {
        assertThatThrownBy(() -> Embedding.read(folder.resolve("none.json")))
                .isInstanceOf(NoSuchFileException.class);
    }
}
