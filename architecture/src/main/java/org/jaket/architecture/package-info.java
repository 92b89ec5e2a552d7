/** The rules that hold between modules, as tests: this module has nothing else. */
@NullMarked
package org.jaket.architecture;

import org.jspecify.annotations.NullMarked;
