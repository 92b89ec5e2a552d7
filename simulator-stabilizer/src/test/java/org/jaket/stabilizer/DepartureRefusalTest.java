package org.jaket.stabilizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.pass.BasicGates;
import org.jaket.circuit.pass.NoiseRemoval;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.stabilizer.diagram.Diagrams;
import org.jaket.stabilizer.errors.ErrorAnalysis;
import org.jaket.stabilizer.flow.TimeReversal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/** What follows qubits that stay refuses those that leave, by name; what ignores noise does so. */
class DepartureRefusalTest {
    private static Circuit circuit(String noise) {
        return Circuit.stim(
                "R 0 1\n" + noise + "(0.1) 1\nCX 0 1\nMABSENT(0.1) !1\nM 1\nDETECTOR rec[-1]\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LEAKAGE_ERROR",
                "HERALDED_LEAKAGE_ERROR",
                "SEEPAGE_ERROR",
                "LOSS_ERROR",
                "HERALDED_LOSS_ERROR"
            })
    void analysesNameTheNoiseThatTheyCannotFollow(String noise) {
        Circuit circuit = circuit(noise);
        assertThatThrownBy(() -> ErrorAnalysis.of(circuit))
                .isInstanceOf(UnsupportedCircuitException.class)
                .hasMessageContaining(noise);
        assertThatThrownBy(() -> ShotSampler.detectors(circuit, ShotSampler.Method.MECHANISMS))
                .isInstanceOf(UnsupportedCircuitException.class)
                .hasMessageContaining(noise);
        assertThatThrownBy(() -> new TableauSimulator(1).run(circuit))
                .isInstanceOf(UnsupportedCircuitException.class)
                .hasMessageContaining(noise);
        assertThatThrownBy(() -> new FlipSimulator(64, 1, true).run(circuit))
                .isInstanceOf(UnsupportedCircuitException.class)
                .hasMessageContaining(noise);
        assertThatThrownBy(() -> BasicGates.of(circuit))
                .isInstanceOf(CircuitException.class)
                .hasMessageContaining(noise);
        assertThatThrownBy(() -> TimeReversal.of(circuit, List.of()))
                .isInstanceOf(CircuitException.class)
                .hasMessageContaining("cannot be turned round in time");
    }

    @Test
    void observablesOfPaulisHaveNoValueWhereQubitsMayBeLost() {
        Circuit circuit = Circuit.stim("LOSS_ERROR(0.1) 0\nOBSERVABLE_INCLUDE(2) Z0\n");
        assertThatThrownBy(() -> ShotSampler.detectors(circuit))
                .isInstanceOf(UnsupportedCircuitException.class)
                .hasMessageContaining("OBSERVABLE_INCLUDE(2) has Pauli targets");
        assertThat(
                        ShotSampler.detectors(
                                        Circuit.stim(
                                                "LEAKAGE_ERROR(0.1) 0\nOBSERVABLE_INCLUDE(2) Z0\n"))
                                .layout()
                                .observables())
                .isEqualTo(3);
    }

    @Test
    void withoutNoiseAllQubitsAreThere() {
        Circuit quiet = NoiseRemoval.of(circuit("HERALDED_LOSS_ERROR"));
        assertThat(quiet.toStim())
                .isEqualTo("R 0 1\nMPAD 0\nCX 0 1\nMPAD 1\nM 1\nDETECTOR rec[-1]\n");
        // The reference has results 0 0 1 0 of the herald, presence inverted and the qubit.
        ReferenceResults reference = ReferenceResults.of(circuit("HERALDED_LOSS_ERROR"));
        assertThat(reference.results().stream().toArray()).containsExactly(1);
        assertThat(ReferenceResults.of(quiet).results()).isEqualTo(reference.results());
    }

    @Test
    void timelinesShowThem() {
        assertThat(Diagrams.timelineText(circuit("LEAKAGE_ERROR")))
                .contains("LEAKAGE_ERROR(0.1)")
                .contains("MABSENT");
    }
}
