package org.jaket.circuit.qasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitBuilder;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.MeasurementKind;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.expression.Parameter;
import org.jaket.circuit.expression.RecordBit;
import org.jaket.circuit.expression.Select;
import org.jaket.circuit.expression.Type;
import org.jaket.circuit.gate.ControlledGate;
import org.jaket.circuit.gate.PowerGate;
import org.jaket.circuit.gate.StandardGate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What is written reads back as an equal circuit, or is refused by name. */
class RoundTripTest {
    @Property(tries = 400, seed = "20260101")
    void version3HoldsEveryCircuit(@ForAll long seed) {
        Circuit circuit = RandomCircuits.of(seed, 3);
        String text = circuit.toQasm3();
        Circuit back = Circuit.qasm(text);
        assertThat(back.classicalRegisters()).isEqualTo(circuit.classicalRegisters());
        assertThat(back.operations()).isEqualTo(circuit.operations());
        assertThat(back).describedAs(text).isEqualTo(circuit);
        assertThat(back.toQasm3()).isEqualTo(text);
    }

    @Property(tries = 300, seed = "20260102")
    void version2HoldsCircuitsOfGatesMeasurementsAndConditions(@ForAll long seed) {
        Circuit circuit = RandomCircuits.of(seed, 2);
        String text = circuit.toQasm2();
        Circuit back = Circuit.qasm(text);
        assertThat(back.operations()).isEqualTo(circuit.operations());
        assertThat(back).describedAs(text).isEqualTo(circuit);
    }

    @ParameterizedTest
    @EnumSource
    void everyNamedGateComesBackFromBothVersions(StandardGate gate) {
        int[] qubits = new int[gate.qubits()];
        for (int k = 0; k < qubits.length; k++) {
            qubits[k] = 2 - k;
        }
        List<Expression> parameters = new ArrayList<>();
        for (int k = 0; k < gate.parameters(); k++) {
            parameters.add(Expression.of(0.3 + k));
        }
        Circuit circuit = Circuit.of(3, c -> c.gate(gate, parameters, qubits));
        assertThat(Circuit.qasm(circuit.toQasm3())).isEqualTo(circuit);
        if (gate != StandardGate.GPHASE) {
            assertThat(Circuit.qasm(circuit.toQasm2())).isEqualTo(circuit);
        }
    }

    @Test
    void textIsPlain() {
        Circuit circuit =
                Circuit.of(
                        2,
                        c -> {
                            var m = c.register("m", 2);
                            c.h(0).cx(0, 1).rx(Math.PI / 4, 1).measure(new int[] {0, 1}, m);
                            c.when(m.isEqualTo(3), t -> t.x(0));
                        });
        assertThat(circuit.toQasm3())
                .isEqualTo(
                        """
                        OPENQASM 3.0;
                        include "stdgates.inc";
                        qubit[2] q;
                        bit[2] m;
                        h q[0];
                        cx q[0], q[1];
                        rx(pi/4) q[1];
                        m = measure q;
                        if (m == 3) {
                          x q[0];
                        }
                        """);
        assertThat(circuit.toQasm2())
                .isEqualTo(
                        """
                        OPENQASM 2.0;
                        include "qelib1.inc";
                        qreg q[2];
                        creg m[2];
                        h q[0];
                        cx q[0], q[1];
                        rx(pi/4) q[1];
                        measure q -> m;
                        if (m == 3) x q[0];
                        """);
    }

    @Test
    void repeatsStayFoldedInVersion3AndUnrollInVersion2() {
        Circuit circuit = Circuit.of(1, c -> c.repeat(3, r -> r.h(0).x(0)));
        assertThat(Circuit.qasm(circuit.toQasm3())).isEqualTo(circuit);
        assertThat(Circuit.qasm(circuit.toQasm2()))
                .isEqualTo(Circuit.of(1, c -> c.h(0).x(0).h(0).x(0).h(0).x(0)));
    }

    @Test
    void branchesOnConstantsAreDecided() {
        Circuit circuit =
                Circuit.of(
                        1,
                        c -> c.when(Parameter.of("a").isLessThan(Expression.of(1L)), t -> t.x(0)));
        assertThat(Circuit.qasm(circuit.toQasm3())).isEqualTo(circuit);
        assertThat(Circuit.qasm(circuit.bind(0.5).toQasm3())).isEqualTo(Circuit.of(1, c -> c.x(0)));
        assertThat(Circuit.qasm(circuit.bind(1.5).toQasm3()).operations()).isEmpty();
    }

    private static void refuses(int version, String message, Consumer<CircuitBuilder> build) {
        Circuit circuit = Circuit.of(4, build);
        assertThatThrownBy(() -> Writer.print(circuit, version))
                .isInstanceOf(CircuitException.class)
                .hasMessageContaining(message);
    }

    @Test
    void whatALanguageCannotHoldIsRefusedByName() {
        for (int version = 2; version <= 3; version++) {
            refuses(version, "DEPOLARIZE1(0.1) 0: cannot be written", c -> c.depolarize1(0.1, 0));
            refuses(version, "MX 0: cannot", c -> c.record(MeasurementKind.MX, 0));
            refuses(version, "TICK", c -> c.tick());
            refuses(version, "DETECTOR", c -> c.detector(List.of()));
            refuses(version, "rec[-1]", c -> c.when(new RecordBit(1), t -> t.x(0)));
        }
        refuses(
                3,
                "chooses between values",
                c -> {
                    var r = c.register("r", 2);
                    c.rx(Select.of(r.bit(0), Expression.of(1.0), Expression.of(2.0)), 0);
                });
        refuses(2, "M 0: cannot be written", c -> c.record(MeasurementKind.M, 0));
        refuses(2, "GPHASE(0.5)", c -> c.globalPhase(0.5));
        refuses(2, "parameter a has no value", c -> c.rx(Parameter.of("a"), 0));
        refuses(2, "powers of gates", c -> c.gate(PowerGate.of(StandardGate.X, 0.5), 0));
        refuses(2, "controlled", c -> c.gate(ControlledGate.of(StandardGate.X, 1, 0), 0, 1));
        refuses(2, "matrices", c -> c.unitary(StandardGate.H.matrix(), 0));
        refuses(2, "delay", c -> c.delay(1e-9, 0));
        refuses(2, "variable v", c -> c.variable("v", Type.BOOL));
        refuses(
                2,
                "if(register == number)",
                c -> {
                    var r = c.register("r", 2);
                    c.when(r.bit(0), t -> t.x(0));
                });
        refuses(
                2,
                "if(register == number)",
                c -> {
                    var r = c.register("r", 2);
                    c.when(r.isEqualTo(1), t -> t.x(0).h(1));
                });
        refuses(
                2,
                "no loops",
                c -> {
                    var r = c.register("r", 2);
                    c.whileTrue(r.bit(0), t -> t.x(0));
                });
        refuses(2, "unroll", c -> c.repeat(1L << 40, r -> r.x(0)));
    }
}
