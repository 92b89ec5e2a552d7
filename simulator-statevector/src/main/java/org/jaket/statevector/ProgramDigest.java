package org.jaket.statevector;

import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Operation;
import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.gate.ControlledGate;
import org.jaket.circuit.gate.DefinedGate;
import org.jaket.circuit.gate.Gate;
import org.jaket.circuit.gate.MatrixGate;
import org.jaket.circuit.gate.PowerGate;
import org.jaket.circuit.gate.StandardGate;
import org.jspecify.annotations.Nullable;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A number that two programs share only if they are the same: SHA-256 of every instruction and
 * every coefficient. So programs with equal digests give equal amplitudes, bit for bit, on the same
 * kernels, whatever text they come from.
 */
final class ProgramDigest {
    private final DataOutputStream out;

    private ProgramDigest(DataOutputStream out) {
        this.out = out;
    }

    static String of(Program program) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            var out =
                    new DataOutputStream(
                            new DigestOutputStream(OutputStream.nullOutputStream(), sha));
            new ProgramDigest(out).program(program);
            return HexFormat.of().formatHex(sha.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void program(Program program) throws IOException {
        out.writeInt(program.qubits());
        out.writeInt(program.loops());
        out.writeInt(program.chains());
        ints(program.frame().position());
        out.writeLong(program.frame().flipped());
        text(program.layout().toString());
        text(program.circuit().resultRegisters().toString());
        for (Instruction i : program.instructions()) {
            instruction(i);
        }
    }

    private void instruction(Instruction instruction) throws IOException {
        text(instruction.getClass().getSimpleName());
        switch (instruction) {
            case Instruction.Apply a -> passes(a.passes());
            case Instruction.Sweeps s ->
                    throw new UnsupportedOperationException("States on disk have no checkpoints");
            case Instruction.Measure m -> {
                ints(m.qubits());
                out.writeLong(m.inverted());
                doubles(m.falseOne());
                doubles(m.falseZero());
                ints(m.bits());
            }
            case Instruction.Show s -> {
                ints(s.frame().position());
                longs(s.frame().flipped());
            }
            case Instruction.Reset r -> {
                out.writeInt(r.qubit());
                out.writeBoolean(r.one());
            }
            case Instruction.Choose c -> {
                doubles(c.probabilities());
                for (List<Pass> p : c.passes()) {
                    passes(p);
                }
                herald(c.herald());
                out.writeInt(c.chain());
            }
            case Instruction.BeginChain b -> out.writeInt(b.chain());
            case Instruction.Noisy n -> noisy(n.stretch());
            case Instruction.Sum s -> {
                doubles(s.weights());
                for (List<Pass> term : s.terms()) {
                    passes(term);
                }
            }
            case Instruction.Evaluated e -> operation(e.operation());
            case Instruction.Constant c -> {
                out.writeBoolean(c.result());
                out.writeDouble(c.flipProbability());
                out.writeInt(c.bit());
            }
            case Instruction.Assign a -> text(a.assignment().toString());
            case Instruction.Jump j -> out.writeInt(j.to());
            case Instruction.JumpUnless j -> {
                text(j.condition().toString());
                out.writeInt(j.to());
            }
            case Instruction.Begin b -> {
                out.writeInt(b.loop());
                out.writeLong(b.count());
            }
            case Instruction.Next n -> {
                out.writeInt(n.loop());
                out.writeInt(n.to());
            }
            case Instruction.Turn t -> out.writeInt(t.loop());
        }
    }

    /** A gate by what it does: names of gates that a text defines say nothing. */
    private void operation(GateOperation g) throws IOException {
        text(g.parameters().toString());
        text(g.targets().toString());
        gate(g.gate());
    }

    private void gate(Gate gate) throws IOException {
        text(gate.getClass().getSimpleName());
        switch (gate) {
            case StandardGate g -> text(g.name());
            case ControlledGate(Gate base, int controls, long pattern) -> {
                out.writeInt(controls);
                out.writeLong(pattern);
                gate(base);
            }
            case PowerGate(Gate base, double exponent) -> {
                out.writeDouble(exponent);
                gate(base);
            }
            case MatrixGate(String label, ComplexMatrix unitary) ->
                    doubles(GateLowering.entries(unitary));
            case DefinedGate d -> {
                text(d.formals().toString());
                for (Operation inner : d.body().operations()) {
                    if (inner instanceof GateOperation g) {
                        operation(g);
                    } else {
                        text(inner.toString());
                    }
                }
            }
        }
    }

    /** All that a stretch can do is made of the ways from a point to the next. */
    private void noisy(NoisyStretch stretch) throws IOException {
        List<ChancePoint> points = stretch.points();
        passes(stretch.compile(new NoisyStretch.Way(-1, 0, List.of())));
        for (int k = 0; k < points.size(); k++) {
            ChancePoint point = points.get(k);
            text(point.getClass().getSimpleName());
            switch (point) {
                case ChancePoint.Mixture m -> {
                    doubles(m.probabilities());
                    herald(m.herald());
                }
                case ChancePoint.Kraus kraus -> doubles(kraus.least());
            }
            for (int outcome = 0; outcome < point.outcomes(); outcome++) {
                passes(stretch.compile(NoisyStretch.Way.across(k, outcome)));
            }
        }
    }

    private void herald(boolean @Nullable [] herald) throws IOException {
        out.writeBoolean(herald != null);
        if (herald != null) {
            for (boolean h : herald) {
                out.writeBoolean(h);
            }
        }
    }

    private void passes(@Nullable List<Pass> passes) throws IOException {
        out.writeInt(passes == null ? -1 : passes.size());
        if (passes == null) {
            return;
        }
        for (Pass pass : passes) {
            out.writeLong(pass.local());
            out.writeInt(pass.steps().size());
            for (Step step : pass.steps()) {
                step(step);
            }
        }
    }

    private void step(Step step) throws IOException {
        text(step.getClass().getSimpleName());
        switch (step) {
            case Step.Shears(int[] qubits, double[] tangents) -> {
                ints(qubits);
                doubles(tangents);
            }
            case Step.Phase(int mask, long outerMask, double re, double im) -> {
                out.writeInt(mask);
                out.writeLong(outerMask);
                out.writeDouble(re);
                out.writeDouble(im);
            }
            case Step.Diagonal(DiagonalPlan plan) -> plan.digest(this);
            case Step.Dense1 d -> {
                ints(d.qubit(), d.mask(), d.value());
                longs(d.outerMask(), d.outerValue());
                doubles(d.entries());
            }
            case Step.Dense(DenseMatrix m, long outerMask, long outerValue) -> {
                ints(m.qubits);
                ints(m.mask, m.value);
                doubles(m.entries);
                longs(outerMask, outerValue);
            }
            case Step.Flip f -> {
                ints(f.qubit(), f.mask(), f.value());
                longs(f.outerMask(), f.outerValue());
            }
            case Step.Swap s -> {
                ints(s.a(), s.b(), s.mask(), s.value());
                longs(s.outerMask(), s.outerValue());
            }
        }
    }

    void ints(int... numbers) throws IOException {
        out.writeInt(numbers.length);
        for (int n : numbers) {
            out.writeInt(n);
        }
    }

    void longs(long... numbers) throws IOException {
        out.writeInt(numbers.length);
        for (long n : numbers) {
            out.writeLong(n);
        }
    }

    void doubles(double... numbers) throws IOException {
        out.writeInt(numbers.length);
        for (double n : numbers) {
            out.writeDouble(n);
        }
    }

    private void text(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
