// The quantum Fourier transform of |5> on four qubits.
OPENQASM 3.0;
include "stdgates.inc";

const uint n = 4;
qubit[n] q;
x q[0];
x q[2];
for uint i in [0:n - 1] {
  uint target = n - 1 - i;
  h q[target];
  for uint j in [1:target] {
    cp(pi / 2 ** j) q[target - j], q[target];
  }
}
swap q[0], q[3];
swap q[1], q[2];
