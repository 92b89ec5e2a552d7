/**
 * Optimisation under constraints: models with binary, spin, integer and real variables, what an
 * assignment is worth, and the way to a binary quadratic model and back.
 *
 * <pre>{@code
 * Variable apples = integer("apples", 0, 20);
 * Variable boxes = integer("boxes", 0, 4);
 * ConstrainedModel model =
 *         ConstrainedModel.builder()
 *                 .maximize(apples.times(3).minus(boxes.times(10)))
 *                 .subjectTo("room", apples.atMost(boxes.times(6)))
 *                 .build();
 * PenaltyForm form = PenaltyForm.of(model);
 * ConstrainedSampleSet found = form.sample(sampler, SamplingOptions.reads(100));
 * found.best().value("apples");
 * }</pre>
 */
@NullMarked
package org.jaket.annealing.constrained;

import org.jspecify.annotations.NullMarked;
