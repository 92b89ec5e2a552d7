package org.jaket.stabilizer.frames;

import static org.assertj.core.api.Assertions.assertThat;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.gate.CliffordAction;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.execution.Progress;
import org.jaket.stabilizer.bits.BitKernels;
import org.jaket.stabilizer.bits.Kernels;
import org.jaket.stabilizer.clifford.Lowering;
import org.jaket.stabilizer.codes.ColorCode;
import org.jaket.stabilizer.codes.SurfaceCode;
import org.jaket.stabilizer.random.BitSource;
import org.jaket.stabilizer.results.ShotBatch;
import org.junit.jupiter.api.Test;

import java.util.List;

class FrameEngineTest {
    private static long[] run(
            Circuit circuit, BitKernels kernels, int shift, boolean records, int shots) {
        FrameProgram program =
                FrameCompiler.compile(Lowering.of(circuit), circuit.qubits(), !records);
        long bits = records ? program.measurements() : program.detectors() + program.observables();
        ShotBatch batch = new ShotBatch((int) bits, 64 << shift);
        batch.setShots(0, shots);
        new FrameEngine(program, kernels, shift, records)
                .run(BitSource.of(kernels, 1, 2, 3), batch, Progress.NONE);
        return batch.words();
    }

    /** Whole programs, not only kernels, at every row length that engines use. */
    @Test
    void bothKernelsGiveTheSameShots() {
        String rare =
                """
                RX 0 1 2
                MPP(0.1) X0*Y1*Z2 !Z0
                SPP X0*Z1
                HERALDED_ERASE(0.3) 0 1
                E(0.2) X0 Z1
                ELSE_CORRELATED_ERROR(0.4) Y2
                PAULI_CHANNEL_2(0.01,0.02,0.03,0.04,0.05,0.06,0.07,0.01,0.02,0.03,0.04,0.05,0.06,0.07,0.08) 0 1
                DEPOLARIZE1(0.2) 0 1
                DEPOLARIZE2(0.3) 1 2
                M(0.3) 0 1
                CX rec[-1] 2 rec[-2] 1
                MYY 0 1
                MRY 0 1 2
                DETECTOR rec[-1] rec[-9]
                OBSERVABLE_INCLUDE(3) rec[-2] X1 Z2
                """;
        List<Circuit> circuits =
                List.of(
                        Circuit.stim("REPEAT 90 {\n" + rare + "}\nM 0 1 2"),
                        SurfaceCode.rotatedMemoryX(7).noise(0.004).circuit(),
                        ColorCode.memoryXyz(5).noise(0.02).circuit());
        for (Circuit circuit : circuits) {
            for (int shift = 3; shift <= 6; shift++) {
                for (boolean records : new boolean[] {false, true}) {
                    int shots = (64 << shift) - 7;
                    assertThat(run(circuit, Kernels.vector(), shift, records, shots))
                            .isEqualTo(run(circuit, Kernels.plain(), shift, records, shots));
                }
            }
        }
    }

    /** The plan of every Clifford gate, applied to each generator, gives the generator's image. */
    @Test
    void plansMapGeneratorsToTheirImages() {
        for (StandardGate gate : StandardGate.values()) {
            CliffordAction action = gate.qubits() == 0 ? null : gate.clifford();
            if (action == null || gate.qubits() > 2) {
                continue;
            }
            RowPlan plan = FrameCompiler.plan(action);
            assertThat(plan.additions().length / 2).describedAs(gate.name()).isLessThanOrEqualTo(6);
            for (int g = 0; g < 2 * gate.qubits(); g++) {
                int[] rows = new int[4];
                rows[g] = 1;
                for (int i = 0; i < plan.additions().length; i += 2) {
                    rows[plan.additions()[i]] ^= rows[plan.additions()[i + 1]];
                }
                for (int q = 0; q < gate.qubits(); q++) {
                    boolean ofZ = (g & 1) != 0;
                    assertThat(rows[plan.place()[2 * q]]).isEqualTo(action.x(g >> 1, ofZ) >> q & 1);
                    assertThat(rows[plan.place()[2 * q + 1]])
                            .isEqualTo(action.z(g >> 1, ofZ) >> q & 1);
                }
            }
        }
    }

    @Test
    void hadamardsAndSwapsCostNothing() {
        FrameProgram program =
                FrameCompiler.compile(
                        Lowering.of(Circuit.stim("H 0 1\nSWAP 0 1\nISWAP 1 2\nSWAP 1 2\nM 0 1 2")),
                        3,
                        false);
        int additions = 0;
        for (int at = 0;
                program.code()[at] == FrameProgram.Op.ADD;
                at += 2 + program.code()[at + 1]) {
            additions += program.code()[at + 1] / 2;
        }
        // ISWAP is SWAP, CZ and S on both: CZ takes two additions and each S one.
        assertThat(additions).isLessThanOrEqualTo(4).isPositive();
    }
}
