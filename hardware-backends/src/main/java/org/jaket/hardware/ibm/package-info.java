/** IBM Quantum. */
@NullMarked
package org.jaket.hardware.ibm;

import org.jspecify.annotations.NullMarked;
