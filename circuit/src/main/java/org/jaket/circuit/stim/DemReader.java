package org.jaket.circuit.stim;

import org.jaket.circuit.CircuitException;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** Reads detector error models in one pass. */
final class DemReader {
    private record Open(ArrayList<DemInstruction> outer, long count, String tag, int position) {}

    private final StimScanner scanner;
    private final Deque<Open> open = new ArrayDeque<>();
    private ArrayList<DemInstruction> block = new ArrayList<>();
    private long[] targets = new long[16];
    private int count;

    private DemReader(StimScanner scanner) {
        this.scanner = scanner;
    }

    static DetectorErrorModel read(String source, byte[] text) {
        return new DemReader(new StimScanner(source, text)).read();
    }

    private DetectorErrorModel read() {
        while (true) {
            scanner.skipBetweenInstructions();
            if (scanner.atEnd()) {
                break;
            }
            if (scanner.peek() == '}') {
                close();
            } else {
                instruction();
            }
        }
        if (!open.isEmpty()) {
            throw scanner.error(
                    open.peek().position, "this block is not closed: a } is missing", null);
        }
        return DetectorErrorModel.owning(block);
    }

    private void close() {
        if (open.isEmpty()) {
            throw scanner.error(scanner.position(), "} without a {", null);
        }
        int position = scanner.position();
        scanner.advance();
        Open repeat = open.pop();
        ArrayList<DemInstruction> outer = repeat.outer;
        add(
                outer,
                position,
                () ->
                        new DemInstruction.RepeatBlock(
                                repeat.count, DetectorErrorModel.owning(block), repeat.tag));
        block = outer;
    }

    private interface Maker {
        DemInstruction make();
    }

    private void add(List<DemInstruction> to, int position, Maker maker) {
        DemInstruction made;
        try {
            made = maker.make();
        } catch (IllegalArgumentException e) {
            throw scanner.error(position, String.valueOf(e.getMessage()), null);
        }
        to.add(made);
    }

    private void instruction() {
        int start = scanner.position();
        String name = scanner.name();
        String tag = scanner.tag();
        if (name.equals("REPEAT")) {
            repeat(start, tag);
            return;
        }
        List<Double> arguments = scanner.arguments();
        switch (name) {
            case "ERROR" -> {
                targets();
                add(
                        block,
                        start,
                        () -> {
                            if (arguments.size() != 1) {
                                throw new CircuitException(
                                        "error: takes one argument, its probability, got "
                                                + arguments.size());
                            }
                            return new DemInstruction.ErrorMechanism(
                                    arguments.getFirst(),
                                    DemTargets.of(Arrays.copyOf(targets, count)),
                                    tag);
                        });
            }
            case "DETECTOR" -> {
                targets();
                add(
                        block,
                        start,
                        () -> {
                            if (count != 1 || !DemTargets.isDetector(targets[0])) {
                                throw new CircuitException(
                                        "detector: takes one target, such as D5");
                            }
                            return new DemInstruction.DetectorDeclaration(
                                    arguments, targets[0], tag);
                        });
            }
            case "LOGICAL_OBSERVABLE" -> {
                targets();
                add(
                        block,
                        start,
                        () -> {
                            if (count != 1
                                    || !arguments.isEmpty()
                                    || !DemTargets.isObservable(targets[0])) {
                                throw new CircuitException(
                                        "logical_observable: takes one target, such as L0, and no arguments");
                            }
                            return new DemInstruction.ObservableDeclaration(
                                    DemTargets.index(targets[0]), tag);
                        });
            }
            case "SHIFT_DETECTORS" -> {
                if (!scanner.nextOnLine(true)) {
                    throw scanner.error(
                            start, "shift_detectors: takes one number, how far to shift", null);
                }
                long shift = scanner.whole(DemTargets.DETECTOR_LIMIT, "a shift");
                if (scanner.nextOnLine(true)) {
                    throw scanner.error(
                            scanner.position(), "shift_detectors: takes one number only", null);
                }
                add(block, start, () -> new DemInstruction.ShiftDetectors(arguments, shift, tag));
            }
            default ->
                    throw scanner.error(
                            start,
                            name.isEmpty()
                                    ? "expected an instruction"
                                    : "unknown instruction " + name.toLowerCase(Locale.ROOT),
                            "Known ones are error, detector, logical_observable, shift_detectors and repeat.");
        }
        if (scanner.peek() == '{') {
            throw scanner.error(scanner.position(), "{ can only follow repeat", null);
        }
    }

    private void repeat(int start, String tag) {
        if (!scanner.nextOnLine(true)) {
            throw scanner.error(
                    scanner.position(),
                    "expected the number of repetitions",
                    "Write it as repeat 100 {.");
        }
        long times = scanner.whole(DemTargets.DETECTOR_LIMIT, "the number of repetitions");
        if (scanner.nextOnLine(true) || scanner.peek() != '{') {
            throw scanner.error(scanner.position(), "expected {", "Write it as repeat 100 {.");
        }
        scanner.advance();
        if (open.size() == Stim.MAX_NESTING) {
            throw scanner.error(start, "blocks are nested deeper than " + Stim.MAX_NESTING, null);
        }
        open.push(new Open(block, times, tag, start));
        block = new ArrayList<>();
    }

    private void targets() {
        count = 0;
        while (scanner.nextOnLine(true)) {
            int start = scanner.position();
            int c = scanner.peek();
            scanner.advance();
            long target =
                    switch (c) {
                        case 'D', 'd' ->
                                DemTargets.detector(
                                        scanner.whole(DemTargets.DETECTOR_LIMIT, "a detector"));
                        case 'L', 'l' ->
                                DemTargets.observable(
                                        scanner.whole(
                                                DemTargets.OBSERVABLE_LIMIT, "an observable"));
                        case '^' -> DemTargets.SEPARATOR;
                        default ->
                                throw scanner.error(
                                        start,
                                        "this is not a target",
                                        "Targets look like D5, L0 or ^.");
                    };
            if (count == targets.length) {
                targets = Arrays.copyOf(targets, 2 * count);
            }
            targets[count++] = target;
        }
    }
}
