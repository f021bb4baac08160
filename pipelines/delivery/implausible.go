package delivery

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// The limits of what is implausible (contract, section 1): a record is held when it shrinks under shrinkPercent of at least
// shrinkFrom rows, or to nothing from at least vanishFrom rows, and when a field that emptyFrom rows filled is filled in
// none of as many.
const (
	shrinkPercent = 80
	shrinkFrom    = 1000
	vanishFrom    = 100
	emptyFrom     = 100
)

// history is what full deliveries that were accepted had of each record.
type history struct {
	full map[string][]earlier // by supplier, record and municipality codes
}

// earlier is a record in one of those deliveries.
type earlier struct {
	drawnOn, deliveryID string
	rows                uint64
	filled              map[string]uint64 // rows that fill a field
}

func (e earlier) before(drawnOn, deliveryID string) bool {
	return e.drawnOn < drawnOn || e.drawnOn == drawnOn && e.deliveryID < deliveryID
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
		h.full[key] = append(h.full[key], earlier{c.DrawnOn, c.DeliveryID, r.RowsAccepted, r.Filled})
	}
}

// implausible tells why a full delivery has to be held: a record of it has implausibly fewer rows than the one before it
// had, or a field of it is filled no more. Every record is asked for the first before any for the second.
func (h *history) implausible(c schemas.Closed) (schemas.Reason, string) {
	for _, of := range []struct {
		reason schemas.Reason
		what   func(now schemas.RecordTotals, before earlier) string
	}{{schemas.ImplausibleShrink, shrunk}, {schemas.ImplausibleEmpty, emptied}} {
		for _, r := range c.Records {
			prev, ok := h.newestBefore(historyKey(c.Supplier, r.Record, c.MunicipalityCodes), c.DrawnOn, c.DeliveryID)
			if !ok || c.Mode != "full" {
				continue
			}
			if what := of.what(r, prev); what != "" {
				return of.reason, what
			}
		}
	}
	return "", c.Detail
}

func shrunk(now schemas.RecordTotals, before earlier) string {
	less := before.rows >= shrinkFrom && now.RowsAccepted*100 < before.rows*shrinkPercent
	vanished := before.rows >= vanishFrom && now.RowsAccepted == 0
	if !less && !vanished {
		return ""
	}
	return fmt.Sprintf("%s has %d rows, the full delivery %s before it had %d", now.Record, now.RowsAccepted, before.deliveryID, before.rows)
}

// emptied names the first field, in the order of the record, that enough rows filled before and that none fills now.
func emptied(now schemas.RecordTotals, before earlier) string {
	if now.RowsAccepted < emptyFrom {
		return ""
	}
	for _, f := range schemas.RecordOf(now.Record).Fields {
		if n := before.filled[f.Name]; n >= emptyFrom && now.Filled[f.Name] == 0 {
			return fmt.Sprintf("%s: none of %d rows fills %s (column %s), in the full delivery %s before it %d did",
				now.Record, now.RowsAccepted, f.Name, f.Column, before.deliveryID, n)
		}
	}
	return ""
}

func (h *history) newestBefore(key, drawnOn, deliveryID string) (newest earlier, ok bool) {
	for _, d := range h.full[key] {
		if d.before(drawnOn, deliveryID) && (!ok || newest.before(d.drawnOn, d.deliveryID)) {
			newest, ok = d, true
		}
	}
	return newest, ok
}

// loadHistory reads what accepted full deliveries had.
func loadHistory(ctx context.Context, db *warehouse.DB) (*history, error) {
	h := &history{full: make(map[string][]earlier)}
	rows, err := db.Query(ctx, sqlFiles.Render("earlier_full.sql", nil))
	if err != nil {
		return nil, fmt.Errorf("reading earlier deliveries: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var (
			supplier, record string
			codes            []string
			drawnOn          *string
			d                earlier
		)
		if err := rows.Scan(&supplier, &record, &codes, &drawnOn, &d.deliveryID, &d.rows, &d.filled); err != nil {
			return nil, fmt.Errorf("reading earlier deliveries: %w", err)
		}
		if drawnOn != nil {
			d.drawnOn = *drawnOn
		}
		slices.Sort(codes)
		key := historyKey(supplier, record, codes)
		h.full[key] = append(h.full[key], d)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading earlier deliveries: %w", err)
	}
	return h, nil
}
