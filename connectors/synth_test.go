package connectors_test

import (
	"context"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"doorstroom/connectors/connectortest"
	"doorstroom/connectors/synth"
	"doorstroom/schemas"
)

// TestSyntheticDeliveriesAreTaken reads all suppliers' synthetic deliveries:
// none is refused, every record that is not quarantined is on its topic once.
func TestSyntheticDeliveriesAreTaken(t *testing.T) {
	h := connectortest.New(t)
	h.Landing = filepath.Join(h.Landing, "landing")
	asOf := time.Date(2026, 6, 30, 0, 0, 0, 0, time.UTC)
	if err := synth.Generate(context.Background(), synth.Options{Out: h.Landing, Persons: 300, Seed: 1, AsOf: asOf}); err != nil {
		t.Fatal(err)
	}
	accepted, quarantined := map[string]uint64{}, uint64(0)
	for _, c := range h.MustRead() {
		if c.Reason != "" {
			t.Errorf("%s/%s: %s (%s)", c.Supplier, c.DeliveryID, c.Reason, c.Detail)
		}
		for _, r := range c.Records {
			accepted[r.Record] += r.RowsAccepted
			quarantined += r.RowsQuarantined
			if r.RowsInFiles != r.RowsAccepted+r.RowsQuarantined {
				t.Errorf("%s: %d rows, %d accepted and %d quarantined", r.Record, r.RowsInFiles, r.RowsAccepted, r.RowsQuarantined)
			}
		}
	}
	for _, r := range schemas.Records {
		if got := uint64(len(h.Messages(r.Topic()))); got != accepted[r.Name] || got == 0 && slices.Contains(synth.Suppliers(), r.Supplier) {
			t.Errorf("%s: %d messages, %d rows accepted", r.Name, got, accepted[r.Name])
		}
	}
	rows := map[[3]any]bool{}
	for _, q := range h.Quarantined() {
		rows[[3]any{q.LoadID, q.File, q.Row}] = true
	}
	if uint64(len(rows)) != quarantined || quarantined == 0 {
		t.Errorf("%d rows on the quarantine topic, %d counted", len(rows), quarantined)
	}
}
