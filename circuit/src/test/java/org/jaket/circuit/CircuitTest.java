package org.jaket.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jaket.circuit.expression.Bit;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.expression.Parameter;
import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.gate.DefinedGate;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.circuit.noise.NoiseModel;
import org.jaket.circuit.pass.ControlledForm;
import org.jaket.circuit.pass.Expansion;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class CircuitTest {
    @Test
    void bellIsThreeOperations() {
        Circuit bell = Circuit.of(2, c -> c.h(0).cx(0, 1).measureAll());
        assertThat(bell.operations()).hasSize(3);
        assertThat(bell.depth()).isEqualTo(3);
        assertThat(bell.width()).isEqualTo(4);
        assertThat(bell.gateCounts()).isEqualTo(Map.of("H", 1L, "CX", 1L, "M", 2L));
    }

    @Test
    void equalNeighboursFuseSoThatEqualCircuitsAreEqual() {
        assertThat(Circuit.of(3, c -> c.h(0).h(1).h(2)))
                .isEqualTo(Circuit.of(3, c -> c.h(0, 1, 2)));
        assertThat(Circuit.of(3, c -> c.h(0).h(1).h(2)).operations()).hasSize(1);
        assertThat(Circuit.of(2, c -> c.rx(0.5, 0).rx(0.25, 1)).operations()).hasSize(2);
        assertThat(Circuit.of(2, c -> c.h(0).tick().h(1)).operations()).hasSize(3);
    }

    @Test
    void errorsNameTheOperation() {
        assertThatThrownBy(() -> Circuit.of(2, c -> c.cx(0, 2)))
                .isInstanceOf(CircuitException.class)
                .hasMessage("CX 0 2: qubit 2 is out of range, the circuit has qubits 0 to 1");
        assertThatThrownBy(() -> Circuit.of(2, c -> c.cx(1, 1)))
                .hasMessage("CX 1 1: qubit 1 appears twice");
        assertThatThrownBy(() -> Circuit.of(2, c -> c.rx(Double.NaN, 0)))
                .hasMessage("RX(NaN) 0: the parameter is not a finite number");
        assertThatThrownBy(() -> Circuit.of(2, c -> c.h(-1))).isInstanceOf(CircuitException.class);
        assertThatThrownBy(() -> Circuit.of(2, c -> c.depolarize1(1.5, 0)))
                .hasMessageContaining("DEPOLARIZE1(1.5)");
        assertThatThrownBy(() -> Circuit.of(1, c -> c.when(new Bit(3), t -> t.x(0))))
                .hasMessage("if (bit 3): classical bit 3 is not declared, there are 0");
        assertThatThrownBy(() -> Circuit.of(2, c -> c.unitary(ComplexMatrix.real(1, 1, 0, 1), 0)))
                .hasMessageContaining("not unitary");
        assertThatThrownBy(() -> Circuit.of(1, c -> c.ry(Parameter.of("a"), 0)).requireBound())
                .hasMessageStartingWith("parameters without a value: a");
    }

    @Test
    void parametersBindByNameAndByOrder() {
        List<Parameter> theta = Parameter.list("theta", 2);
        Circuit ansatz =
                Circuit.of(2, c -> c.ry(theta.get(0), 0).ry(theta.get(1).times(2), 1).cx(0, 1));
        assertThat(ansatz.parameters()).containsExactlyElementsOf(theta);
        Circuit expected = Circuit.of(2, c -> c.ry(0.5, 0).ry(3.0, 1).cx(0, 1));
        assertThat(ansatz.bind(0.5, 1.5)).isEqualTo(expected);
        assertThat(ansatz.bind(Map.of("theta[0]", 0.5)).bind(Map.of("theta[1]", 1.5)))
                .isEqualTo(expected);
        assertThatThrownBy(() -> ansatz.bind(Map.of("phi", 1.0)))
                .hasMessageContaining("no parameter phi");
    }

    @Test
    void teleportReadsItsMeasurements() {
        Circuit teleport =
                Circuit.of(
                        3,
                        c -> {
                            c.ry(0.7, 0).h(1).cx(1, 2).cx(0, 1).h(0);
                            Bit m0 = c.measure(0);
                            Bit m1 = c.measure(1);
                            c.when(m1, t -> t.x(2)).when(m0, t -> t.z(2));
                        });
        assertThat(teleport.bits()).isEqualTo(2);
        assertThat(teleport.body().readsClassical()).isTrue();
        assertThat(teleport.classicalRegisters().getFirst().name()).isEqualTo("c");
    }

    @Test
    void inverseRunsBackwards() {
        Circuit circuit = Circuit.of(2, c -> c.s(0).cx(0, 1).cx(1, 0).rx(0.3, 1));
        assertThat(circuit.inverse())
                .isEqualTo(Circuit.of(2, c -> c.rx(-0.3, 1).cx(1, 0).cx(0, 1).sdg(0)));
        assertThatThrownBy(() -> Circuit.of(1, c -> c.measureAll()).inverse())
                .hasMessageContaining("M 0: has no inverse");
    }

    @Test
    void repeatsStayFolded() {
        Circuit round = Circuit.of(2, c -> c.h(0).cx(0, 1).record(MeasurementKind.MR, 1));
        Circuit memory = round.repeat(1_000_000_000_000L);
        assertThat(memory.operations()).hasSize(1);
        assertThat(memory.results()).isEqualTo(1_000_000_000_000L);
        assertThat(memory.gateCounts()).containsEntry("CX", 1_000_000_000_000L);
        // Each round is h, cx, mr in a chain, and the next h can start when cx is done: 2 a round
        // and 1 at the end.
        assertThat(memory.depth()).isEqualTo(2_000_000_000_001L);
        assertThatThrownBy(() -> memory.repeat(1L << 40)).hasMessageContaining("more than 2^63");
    }

    @Test
    void depthOfRepeatsEqualsThatOfTheUnfoldedCircuit() {
        Circuit body = Circuit.of(5, c -> c.h(0).cx(0, 1).h(3).h(3).cx(1, 2).barrier(0, 4).x(4));
        Circuit unfolded = body;
        for (int k = 1; k < 23; k++) {
            unfolded = unfolded.then(body);
        }
        assertThat(body.repeat(23).depth()).isEqualTo(unfolded.depth());
    }

    @Test
    void definedGatesExpandUnderControlAndPower() {
        Circuit part = Circuit.of(2, c -> c.h(0).cx(0, 1).t(1).globalPhase(0.3));
        DefinedGate gate = part.toGate("part");
        ComplexMatrix plain = gate.matrix();
        assertThat(plain.isUnitary(1e-14)).isTrue();
        for (var candidate :
                List.of(
                        gate.controlled(),
                        gate.inverse(),
                        gate.power(3),
                        gate.controlled(2, 1),
                        gate.power(-2).controlled())) {
            int[] targets = new int[candidate.qubits()];
            for (int k = 0; k < targets.length; k++) {
                targets[k] = k;
            }
            Block expanded = Expansion.of(GateOperation.of(candidate, targets));
            ComplexMatrix again =
                    new DefinedGate("again", List.of(), candidate.qubits(), expanded).matrix();
            assertThat(again.distance(candidate.matrix())).as(candidate.label()).isLessThan(1e-13);
        }
    }

    @Test
    void noiseModelAddsErrorsAfterGatesAndAtReadout() {
        Circuit bell = Circuit.of(2, c -> c.h(0).cx(0, 1).measureAll());
        Circuit noisy = bell.with(NoiseModel.depolarizing(1e-3, 1e-2).readout(0.02));
        assertThat(noisy.toString()).contains("5 operations");
        assertThat(noisy.gateCounts())
                .containsEntry("DEPOLARIZE1", 1L)
                .containsEntry("DEPOLARIZE2", 1L);
        assertThat(((Measurement) noisy.operations().getLast()).flipProbability()).isEqualTo(0.02);
    }

    @Test
    void circuitsStandBesideAndInsideOthers() {
        Circuit bell = Circuit.of(2, c -> c.h(0).cx(0, 1).measureAll());
        Circuit two = bell.beside(bell);
        assertThat(two.qubits()).isEqualTo(4);
        assertThat(two.classicalRegisters()).extracting(r -> r.name()).containsExactly("c", "c1");
        Circuit outer = Circuit.of(3, c -> c.x(0)).then(Circuit.of(2, c -> c.cx(0, 1)), 2, 0);
        assertThat(outer).isEqualTo(Circuit.of(3, c -> c.x(0).cx(2, 0)));
    }

    @Test
    void pauliProductsMultiplyOut() {
        assertThat(
                        PauliProduct.split(
                                "MPP",
                                Targets.of(
                                        Target.pauli(Pauli.X, 1),
                                        Target.COMBINER,
                                        Target.inverted(Target.pauli(Pauli.Z, 2)))))
                .containsExactly(
                        new PauliProduct(
                                Targets.of(Target.pauli(Pauli.X, 1), Target.pauli(Pauli.Z, 2)),
                                true));
        // X Y Z = i, so X0*Y0*Z0 is anti-Hermitian, while X0*Y0*Z0*X1*Y1*Z1 = -1.
        int[] xyz = new int[11];
        for (int q = 0; q < 2; q++) {
            for (int k = 0; k < 3; k++) {
                xyz[6 * q + 2 * k] = Target.pauli(Pauli.values()[k + 1], q);
            }
        }
        for (int k = 1; k < 11; k += 2) {
            xyz[k] = Target.COMBINER;
        }
        assertThat(PauliProduct.split("MPP", Targets.of(xyz)))
                .containsExactly(new PauliProduct(Targets.none(), true));
        assertThatThrownBy(() -> PauliProduct.split("MPP", Targets.of(xyz).slice(0, 5)))
                .hasMessageContaining("anti-Hermitian");
    }

    @Test
    void globalPhaseTakesNoTargets() {
        assertThat(Circuit.of(0, c -> c.globalPhase(1)).gateCounts()).containsEntry("GPHASE", 1L);
        assertThat(StandardGate.GPHASE.controlled()).isEqualTo(StandardGate.P);
        assertThat(Expression.of(2).times(3).constant()).isEqualTo(6);
    }

    @Test
    void powersOfOpenGatesStayPowersWhereTheyNeedAMatrix() {
        Parameter a = Parameter.of("a");
        var root = StandardGate.RX.power(0.5);
        var open = new GateOperation(root.controlled(), List.of(a), Targets.of(1, 0), "");
        assertThat(Expansion.ofOpen(open).operations()).containsExactly(open);
        assertThatThrownBy(() -> Expansion.of(open)).hasMessageContaining("bind them");
        var inverse = new GateOperation(StandardGate.RX.power(-1), List.of(a), Targets.of(0), "");
        assertThat(Expansion.ofOpen(inverse).operations())
                .containsExactly(
                        new GateOperation(StandardGate.RX, List.of(a.negate()), Targets.of(0), ""));
        var bound = new GateOperation(root, List.of(Expression.of(0.4)), Targets.of(0), "");
        assertThat(Expansion.ofOpen(bound)).isEqualTo(Expansion.of(bound));
    }

    @Test
    void controlsAreToldApart() {
        var gate = StandardGate.RY.controlled(2, 0b01);
        var operation =
                new GateOperation(
                        gate, List.of(Expression.of(0.3)), Targets.of(0, 1, 2, 4, 5, 3), "");
        ControlledForm form = ControlledForm.of(operation);
        assertThat(form.gate()).isEqualTo(StandardGate.RY);
        assertThat(form.pattern()).isEqualTo(0b01);
        assertThat(form.controls(1)).containsExactly(4, 5);
        assertThat(form.targets(1)).containsExactly(3);
        assertThat(form.entries()).isEqualTo(StandardGate.RY.matrix(0.3).interleaved());
        ControlledForm toffoli = ControlledForm.of(GateOperation.of(StandardGate.CCX, 0, 1, 2));
        assertThat(toffoli.gate()).isEqualTo(StandardGate.X);
        assertThat(toffoli.pattern()).isEqualTo(0b11);
    }
}
