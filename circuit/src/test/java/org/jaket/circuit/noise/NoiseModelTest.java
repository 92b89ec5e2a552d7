package org.jaket.circuit.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jaket.circuit.ChannelOperation;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.Measurement;
import org.jaket.circuit.Operation;
import org.jaket.circuit.gate.StandardGate;
import org.junit.jupiter.api.Test;

import java.util.List;

class NoiseModelTest {
    private static final KrausChannel A = StandardChannels.amplitudeDamping(0.1);
    private static final KrausChannel B = StandardChannels.phaseDamping(0.2);

    private static List<String> described(Circuit circuit) {
        return circuit.operations().stream().map(Operation::describe).toList();
    }

    @Test
    void specificRulesWinOverGeneralOnes() {
        NoiseModel model =
                NoiseModel.builder()
                        .afterGatesOn(1, Noise.X_ERROR, 0.5)
                        .after(StandardGate.H, A)
                        .after(StandardGate.H, 1, B)
                        .build();
        Circuit noisy = Circuit.of(3, c -> c.h(0, 1).s(2)).with(model);
        assertThat(described(noisy))
                .containsExactly(
                        "H 0 1",
                        "amplitude_damping(0.1) 0",
                        "phase_damping(0.2) 1",
                        "S 2",
                        "X_ERROR(0.5) 2");
    }

    @Test
    void gatesWithoutARuleAreNoiseless() {
        NoiseModel model = NoiseModel.builder().after(StandardGate.CX, new int[] {1, 0}, A).build();
        Circuit circuit = Circuit.of(2, c -> c.h(0).cx(0, 1).delay(1, 0).measureAll());
        assertThat(circuit.with(model)).isEqualTo(circuit);
        assertThat(described(Circuit.of(2, c -> c.cx(1, 0)).with(model)))
                .containsExactly("CX 1 0", "amplitude_damping(0.1) 1 0");
    }

    @Test
    void rulesForTheSameAddUpInOrder() {
        NoiseModel model =
                NoiseModel.builder().after(StandardGate.X, A).after(StandardGate.X, B).build();
        assertThat(described(Circuit.of(2, c -> c.x(0, 1)).with(model)))
                .containsExactly("X 0 1", "amplitude_damping(0.1) 0 1", "phase_damping(0.2) 0 1");
    }

    @Test
    void aQubitMeetsItsErrorBeforeItsNextGate() {
        Circuit chain = Circuit.of(3, c -> c.cx(0, 1).cx(1, 2));
        assertThat(described(chain.with(NoiseModel.depolarizing(0, 0.1))))
                .containsExactly(
                        "CX 0 1", "DEPOLARIZE2(0.1) 0 1", "CX 1 2", "DEPOLARIZE2(0.1) 1 2");
    }

    @Test
    void readoutErrorsBelongToQubitsAndFollowInversions() {
        NoiseModel model = NoiseModel.builder().readout(0.1, 0.1).readout(1, 0.01, 0.2).build();
        Circuit noisy = Circuit.stim("M 0 1 !1\nMXX 0 1\nMPAD 0").with(model);
        List<Measurement> m = noisy.operations().stream().map(o -> (Measurement) o).toList();
        assertThat(m).extracting(Measurement::falseOne).containsExactly(0.1, 0.01, 0.2, 0.1, 0.0);
        assertThat(m).extracting(Measurement::falseZero).containsExactly(0.1, 0.2, 0.01, 0.1, 0.0);
    }

    // Wrong by the first or by the second, but not by both: for 0, .9 * .2 + .1 * .6.
    @Test
    void readoutErrorsCompose() {
        Measurement m = (Measurement) Circuit.stim("M(0.1) 0").operations().getFirst();
        Measurement both = new ReadoutError(0.2, 0.4).on(m);
        assertThat(both.falseOne()).isEqualTo(0.9 * 0.2 + 0.1 * 0.6);
        assertThat(both.falseZero()).isEqualTo(0.9 * 0.4 + 0.1 * 0.8);
    }

    @Test
    void idleQubitsRelaxForTheTimeOfTheirDelays() {
        NoiseModel model = NoiseModel.builder().idle(1, 1e-4, 5e-5, 0).build();
        Circuit noisy = Circuit.of(2, c -> c.delay(1e-6, 0, 1).delay(0, 1)).with(model);
        assertThat(noisy.operations()).hasSize(3);
        ChannelOperation decay = (ChannelOperation) noisy.operations().get(1);
        assertThat(decay.targets().toArray()).containsExactly(1);
        assertThat(decay.channel())
                .isEqualTo(StandardChannels.thermalRelaxation(1e-4, 5e-5, 1e-6, 0));
    }

    @Test
    void resetsHaveErrorsOfTheirOwn() {
        NoiseModel model =
                NoiseModel.builder().afterReset(A).afterReset(1, B).flipAfterReset(0.1).build();
        assertThat(described(Circuit.stim("R 0 1\nMRX 0").with(model)))
                .containsExactly(
                        "R 0 1",
                        "X_ERROR(0.1) 0 1",
                        "amplitude_damping(0.1) 0",
                        "phase_damping(0.2) 1",
                        "MRX 0",
                        "Z_ERROR(0.1) 0",
                        "amplitude_damping(0.1) 0");
    }

    @Test
    void rulesThatCannotBeAreRefused() {
        NoiseModelBuilder rules = NoiseModel.builder();
        assertThatThrownBy(() -> rules.after(StandardGate.H, A.below(B)))
                .hasMessageContaining("noise after H");
        assertThatThrownBy(() -> rules.after(StandardGate.CX, 3, A))
                .hasMessageContaining("CX is on 2 qubits");
        assertThatThrownBy(() -> rules.after(StandardGate.H, Noise.HERALDED_ERASE, 0.1))
                .hasMessageContaining("no record");
        assertThatThrownBy(() -> rules.readout(0, 1.5, 0)).hasMessageContaining("1.5");
        assertThatThrownBy(() -> rules.idle(0, 1, 3, 0)).hasMessageContaining("2 T1");
        assertThatThrownBy(() -> rules.after(StandardGate.H, Noise.X_ERROR, 2))
                .hasMessageContaining("2.0");
    }

    @Test
    void textsRefuseReadoutErrorsThatTheyCannotSay() {
        Circuit noisy =
                Circuit.of(1, c -> c.measureAll())
                        .with(NoiseModel.builder().readout(0, 0.1, 0.2).build());
        assertThatThrownBy(noisy::toStim).hasMessageContaining("0.1 for 0, 0.2 for 1");
        assertThatThrownBy(noisy::toQasm3).hasMessageContaining("0.1 for 0, 0.2 for 1");
        assertThat(noisy.diagram()).contains("0.1,0.2");
    }
}
