package load

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// The limits of implausible_shrink (contract, section 1): a record is held when
// it shrinks under shrinkPercent of at least shrinkFrom rows, or to nothing from at least vanishFrom rows.
const (
	shrinkPercent = 80
	shrinkFrom    = 1000
	vanishFrom    = 100
)

// history is what full deliveries that were accepted held of each record.
type history struct {
	held map[string][]heldRecord // by supplier, record and municipality codes
}

type heldRecord struct {
	drawnOn, deliveryID string
	rows                uint64
}

func (h heldRecord) before(drawnOn, deliveryID string) bool {
	return h.drawnOn < drawnOn || h.drawnOn == drawnOn && h.deliveryID < deliveryID
}

func historyKey(supplier, record string, municipalities []string) string {
	return supplier + "/" + record + "/" + strings.Join(municipalities, ",")
}

// add takes in an accepted delivery.
func (h *history) add(c schemas.Closed) {
	if c.Mode != "full" {
		return
	}
	for _, r := range c.Records {
		key := historyKey(c.Supplier, r.Record, c.MunicipalityCodes)
		h.held[key] = append(h.held[key], heldRecord{c.DrawnOn, c.DeliveryID, r.RowsAccepted})
	}
}

// shrink tells whether a full delivery has implausibly fewer rows of a record than the one before it.
func (h *history) shrink(c schemas.Closed) (schemas.Reason, string) {
	if c.Mode != "full" {
		return "", c.Detail
	}
	for _, r := range c.Records {
		prev, ok := h.newestBefore(historyKey(c.Supplier, r.Record, c.MunicipalityCodes), c.DrawnOn, c.DeliveryID)
		if !ok {
			continue
		}
		shrunk := prev.rows >= shrinkFrom && r.RowsAccepted*100 < prev.rows*shrinkPercent
		vanished := prev.rows >= vanishFrom && r.RowsAccepted == 0
		if shrunk || vanished {
			return schemas.ImplausibleShrink, fmt.Sprintf("%s has %d rows, the full delivery %s before it had %d; "+
				"if that is right, release it: doorstroom release %s", r.Record, r.RowsAccepted, prev.deliveryID, prev.rows, c.DeliveryID)
		}
	}
	return "", c.Detail
}

func (h *history) newestBefore(key, drawnOn, deliveryID string) (newest heldRecord, ok bool) {
	for _, d := range h.held[key] {
		if d.before(drawnOn, deliveryID) && (!ok || newest.before(d.drawnOn, d.deliveryID)) {
			newest, ok = d, true
		}
	}
	return newest, ok
}

// loadHistory reads what accepted full deliveries held.
func loadHistory(ctx context.Context, db *warehouse.DB) (*history, error) {
	h := &history{held: make(map[string][]heldRecord)}
	rows, err := db.Query(ctx, `
SELECT r.supplier, r.record, r.municipality_codes, toString(r.drawn_on), r.delivery_id, r.rows_accepted
FROM ops.delivery_record AS r FINAL
INNER JOIN ops.delivery AS d FINAL USING (supplier, delivery_id, manifest_sha256)
WHERE r.load_id IN (SELECT load_id FROM ops.load FINAL) AND d.status = 'accepted' AND d.mode = 'full'`)
	if err != nil {
		return nil, fmt.Errorf("reading earlier deliveries: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var (
			supplier, record string
			codes            []string
			drawnOn          *string
			d                heldRecord
		)
		if err := rows.Scan(&supplier, &record, &codes, &drawnOn, &d.deliveryID, &d.rows); err != nil {
			return nil, fmt.Errorf("reading earlier deliveries: %w", err)
		}
		if drawnOn != nil {
			d.drawnOn = *drawnOn
		}
		slices.Sort(codes)
		key := historyKey(supplier, record, codes)
		h.held[key] = append(h.held[key], d)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading earlier deliveries: %w", err)
	}
	return h, nil
}
