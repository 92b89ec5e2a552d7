package org.jaket.annealing.topology;

/**
 * Where a qubit lies, in the picture that all three topologies share: a qubit is a straight piece
 * of a vertical or horizontal wire, and a vertical and a horizontal qubit are coupled where they
 * cross.
 *
 * <p>Positions of lines are counted in groups of wires that run side by side. A vertical qubit on
 * line x crosses the horizontal lines {@code first} to {@code last}, and the other way round.
 * Pieces of the same wire (the same direction, line and track) follow each other without a gap;
 * consecutive ones are coupled.
 *
 * @param vertical whether the wire is vertical
 * @param line the position of the wire: a column if it is vertical, a row if not
 * @param track which of the wires of the line it is
 * @param order which piece of the wire, from 0
 * @param first the first line of the other direction that it crosses
 * @param last the last one
 */
public record Segment(boolean vertical, int line, int track, int order, int first, int last) {}
