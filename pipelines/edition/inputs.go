package edition

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"doorstroom/pipelines/versions"
)

// writeInputs writes down the deliveries that the build is made of, as they are known now: whatever is withdrawn or comes
// later, they stay what it was made of. Readers see them from the moment on at which the build is current. Doing it again
// changes nothing.
func (b *building) writeInputs(ctx context.Context) error {
	if len(b.scope.Loads) == 0 {
		return nil
	}
	batch, err := b.DB.PrepareBatch(ctx, "INSERT INTO ops.build_input (build, edition, load_id, supplier, delivery_id, manifest_sha256, "+
		"reading_version, drawn_on, covers_to, mode, municipality_codes, records, synthetic)")
	if err != nil {
		return fmt.Errorf("writing down what the build is made of: %w", err)
	}
	defer batch.Abort()
	for i := range b.scope.Loads {
		l := &b.scope.Loads[i]
		mode := "mutation"
		if l.Full {
			mode = "full"
		}
		err := batch.Append(b.build, b.cutOff.Time(), l.ID, l.Supplier, l.DeliveryID, l.Manifest, l.ReadingVersion,
			l.DrawnOn.Time(), nullDate(l.CoversTo), mode, l.Municipalities, slices.Sorted(slices.Values(l.Records)), l.Synthetic)
		if err != nil {
			return fmt.Errorf("writing down what the build is made of: %w", err)
		}
	}
	if err := batch.Send(); err != nil {
		return fmt.Errorf("writing down what the build is made of: %w", err)
	}
	return nil
}

// factsVersion changes whenever this program would make other rows of the same
// deliveries under the same definitions, such as after a repaired fault, or count
// something more: current editions are then built again. 2 counts contradictions,
// 3 takes control totals, 4 keeps when persons were first linked.
const factsVersion = "4"

// inputsHash names in hex what the rows of an edition depend on: every delivery in
// scope, the definitions and the program's own version of the facts.
func inputsHash(loads []versions.Load, definitions string) string {
	readings := make([]string, len(loads))
	for i, l := range loads {
		readings[i] = l.Supplier + "/" + l.DeliveryID + "/" + l.Manifest + "/" + l.ReadingVersion + "\n"
	}
	slices.Sort(readings)
	h := sha256.New()
	h.Write([]byte("definitions " + definitions + ", facts " + factsVersion + "\n"))
	for _, reading := range readings {
		h.Write([]byte(reading))
	}
	return hex.EncodeToString(h.Sum(nil))
}
