package edition

import (
	"context"
	"fmt"
	"slices"

	"doorstroom/pipelines/warehouse"
)

// writeInputs writes down the deliveries that the build is made of, as they are known now: whatever is withdrawn or comes
// later, they stay what it was made of. Readers see them from the moment on at which the build stands. Doing it again
// changes nothing.
func (b *building) writeInputs(ctx context.Context) error {
	if len(b.scope.loads) == 0 {
		return nil
	}
	batch, err := b.DB.PrepareBatch(ctx, "INSERT INTO ops.build_input (build, edition, load_id, supplier, delivery_id, manifest_sha256, "+
		"reading_version, drawn_on, covers_to, mode, municipality_codes, records, synthetic)")
	if err != nil {
		return fmt.Errorf("writing down what the build is made of: %w", err)
	}
	defer batch.Abort()
	for i := range b.scope.loads {
		l := &b.scope.loads[i]
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

// readInputs gives what a build was made of, with what became of it since; nothing of a build that was made before it was
// written down.
func readInputs(ctx context.Context, db *warehouse.DB, build uint64) ([]Load, error) {
	return queryLoads(ctx, db, `SELECT i.load_id, i.supplier, i.delivery_id, i.manifest_sha256, i.reading_version, i.drawn_on, i.covers_to, i.mode, i.municipality_codes, i.records, d.withdrawn, i.synthetic
		FROM ops.build_input AS i FINAL
		LEFT JOIN (SELECT supplier, delivery_id, manifest_sha256, reason = 'withdrawn' AS withdrawn FROM ops.delivery FINAL) AS d
			USING (supplier, delivery_id, manifest_sha256)
		WHERE i.build = ? ORDER BY i.load_id`, build)
}
