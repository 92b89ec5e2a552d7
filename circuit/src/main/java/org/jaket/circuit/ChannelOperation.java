package org.jaket.circuit;

import org.jaket.circuit.noise.KrausChannel;

/**
 * A Kraus channel on each group of targets.
 *
 * @param channel the channel
 * @param targets a multiple of {@code channel.qubits()} qubits
 * @param tag free text
 */
public record ChannelOperation(KrausChannel channel, Targets targets, String tag)
        implements Operation {
    /** Checks the targets: whole groups of distinct qubits. */
    public ChannelOperation {
        int arity = channel.qubits();
        if (targets.size() % arity != 0) {
            throw new CircuitException(
                    channel.label()
                            + " "
                            + Operation.abbreviated(targets.toString())
                            + ": takes targets in groups of "
                            + arity);
        }
        for (int k = 0; k < targets.size(); k++) {
            int t = targets.get(k);
            if (!Target.isQubit(t) || Target.isInverted(t)) {
                throw new CircuitException(
                        channel.label() + ": cannot take the target " + Target.toString(t));
            }
            for (int j = k - k % arity; j < k; j++) {
                if (targets.get(j) == t) {
                    throw new CircuitException(channel.label() + ": qubit " + t + " appears twice");
                }
            }
        }
    }

    @Override
    public ChannelOperation withTargets(Targets newTargets) {
        return new ChannelOperation(channel, newTargets, tag);
    }

    @Override
    public boolean fusesWith(Operation next) {
        return next instanceof ChannelOperation c && channel.equals(c.channel) && tag.equals(c.tag);
    }

    @Override
    public String describe() {
        return channel.label() + " " + Operation.abbreviated(targets.toString());
    }
}
