package org.jaket.annealing.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Vartype;
import org.jaket.annealing.problem.ConformanceData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** Files that other tools have written. */
class ModelFileConformanceTest {
    private static ModelDocument sample(String name) throws IOException {
        return ModelFile.read(ConformanceData.of("qubo-formats/qubotools").resolve(name));
    }

    private static double energy(BinaryQuadraticModel model, int code) {
        byte[] state = new byte[model.size()];
        for (int k = 0; k < state.length; k++) {
            state[k] = (code >> k & 1) != 0 ? model.vartype().high() : model.vartype().low();
        }
        return model.energy(state);
    }

    /** The files of one folder are one model. */
    @ParameterizedTest
    @CsvSource({"00, 0", "01, 3", "02, 3", "03, 3"})
    void filesOfOneModelAgree(String folder, int variables) throws IOException {
        BinaryQuadraticModel bool = sample(folder + "/bool.json").model();
        ModelDocument spin = sample(folder + "/spin.json");
        assertThat(bool.vartype()).isEqualTo(Vartype.BINARY);
        assertThat(spin.model().vartype()).isEqualTo(Vartype.SPIN);
        assertThat(bool.size()).isEqualTo(variables);
        assertThat(spin.model().variables()).isEqualTo(bool.variables());
        for (int code = 0; code < 1 << variables; code++) {
            assertThat(energy(spin.model(), code)).isCloseTo(energy(bool, code), within(1e-12));
        }
        if (!folder.equals("03")) {
            ModelDocument qubo = sample(folder + "/bool.qubo");
            assertThat(qubo.format()).isEqualTo(ModelFormat.QBSOLV);
            assertThat(qubo.model()).isEqualTo(bool);
            assertThat(qubo.description()).isEqualTo(sample(folder + "/bool.json").description());
        }
        // Qubist has neither scale nor offset: the scale of 02 and 03 is 2.7.
        ModelDocument qubist = sample(folder + "/spin.qh");
        assertThat(qubist.format()).isEqualTo(ModelFormat.QUBIST);
        assertThat(qubist.model().variables()).isEqualTo(bool.variables());
        double scale = folder.compareTo("02") < 0 ? 1 : 2.7;
        for (int code = 0; code < 1 << variables; code++) {
            assertThat(scale * energy(qubist.model(), code) + spin.model().offset())
                    .isCloseTo(energy(bool, code), within(1e-12));
        }
    }

    /** QUBOTools' own binary files say the same as its JSON. */
    @ParameterizedTest
    @CsvSource({"00", "01", "02"})
    void qubinIsItsTwin(String folder) throws IOException {
        for (String domain : new String[] {"bool", "spin"}) {
            ModelDocument twin = sample(folder + "/" + domain + ".json");
            ModelDocument qubin = sample(folder + "/" + domain + ".qb");
            assertThat(qubin.format()).isEqualTo(ModelFormat.QUBIN);
            assertThat(qubin.description()).isEqualTo(twin.description());
            assertThat(qubin.metadata()).isEqualTo(twin.metadata());
            assertThat(qubin.model().vartype()).isEqualTo(twin.model().vartype());
            assertThat(qubin.model().variables()).isEqualTo(twin.model().variables());
            for (int code = 0; code < 1 << twin.model().size(); code++) {
                assertThat(energy(qubin.model(), code))
                        .isCloseTo(energy(twin.model(), code), within(1e-12));
            }
        }
    }

    /** The evaluations are those of the solutions that the file lists. */
    @Test
    void listedSolutionsHaveTheirEvaluations() throws IOException {
        BinaryQuadraticModel model = sample("02/bool.json").model();
        assertThat(model.variables()).containsExactly(1, 3, 5);
        assertThat(model.energy(new byte[] {0, 1, 0})).isCloseTo(6.291, within(1e-12));
        assertThat(model.energy(new byte[] {1, 0, 1})).isCloseTo(9.531, within(1e-12));
    }

    @Test
    void aChipsModelIsTheSameInBothFormats() throws IOException {
        ModelDocument json = sample("04/bool.json");
        ModelDocument qubo = sample("04/bool.qubo");
        assertThat(json.model().size()).isEqualTo(32);
        assertThat(json.model().interactions()).isEqualTo(80);
        assertThat(qubo.model()).isEqualTo(json.model());
        assertThat(json.metadata()).containsEntry("chimera_degree", 12);
        assertThat(qubo.metadata()).containsEntry("chimera_degree", 12);
    }

    /** The complete graph on five variables with biases 0, 6, 12, 18, 24, as its bytes show. */
    @Test
    void dimodsFirstVersionIsRead() throws IOException {
        Path file = ConformanceData.of("qubo-formats/dimod/fileview/5x5_v1.bqm");
        ModelDocument document = ModelFile.read(file);
        assertThat(document.format()).isEqualTo(ModelFormat.DIMOD_BQM);
        BinaryQuadraticModel model = document.model();
        assertThat(model.vartype()).isEqualTo(Vartype.BINARY);
        assertThat(model.variables().isRange()).isTrue();
        assertThat(model.interactions()).isEqualTo(10);
        for (int i = 0; i < 5; i++) {
            assertThat(model.linear(i)).isEqualTo(6 * i);
        }
        // In the bytes: 0-1 has 1, 1-2 has 7, 3-4 has 19.
        assertThat(model.quadratic(0, 1)).isEqualTo(1);
        assertThat(model.quadratic(2, 1)).isEqualTo(7);
        assertThat(model.quadratic(3, 4)).isEqualTo(19);
    }

    /** Counts are the files' first lines. */
    @ParameterizedTest
    @CsvSource({"G1,800,19176", "G14,800,4694", "G22,2000,19990", "G32,2000,4000", "G43,1000,9990"})
    void gsetIsMaximumCut(String name, int nodes, int edges) throws IOException {
        ModelDocument document = ModelFile.read(ConformanceData.of("gset/" + name + ".txt"));
        assertThat(document.format()).isEqualTo(ModelFormat.MAX_CUT);
        assertThat(document.model().size()).isEqualTo(nodes);
        assertThat(document.model().interactions()).isEqualTo(edges);
        byte[] together = new byte[nodes];
        Arrays.fill(together, (byte) 1);
        assertThat(document.objective().of(document.model().energy(together))).isZero();
    }
}
