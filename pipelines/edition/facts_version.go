package edition

// factsVersion changes whenever this program would make other rows of the same
// deliveries under the same definitions, such as after a repaired fault, or count
// something more: standing editions are then built anew. 2 counts contradictions,
// 3 takes control totals, 4 keeps when persons were first linked.
const factsVersion = "4"
