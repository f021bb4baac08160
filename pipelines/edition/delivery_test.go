package edition_test

import "testing"

// delivery is an accepted delivery in the books.
type delivery struct {
	id             uint64
	supplier, name string
	drawn, covers  string
	mode           string
	codes          []string
	records        []string
}

// accept enters a delivery in the books as the load step does.
func (e *engine) accept(t testing.TB, d delivery) {
	t.Helper()
	if d.codes == nil {
		d.codes = []string{}
	}
	var covers any
	if d.covers != "" {
		covers = d.covers
	}
	e.exec(t, "INSERT INTO ops.delivery (supplier, delivery_id, manifest_sha256, drawn_on, mode, status, decided_at) VALUES (?, ?, 'sha', ?, ?, 'accepted', now64())",
		d.supplier, d.name, d.drawn, d.mode)
	e.exec(t, "INSERT INTO ops.load (written_at, load_id, supplier, delivery_id, manifest_sha256, drawn_on, covers_to, mode, municipality_codes) VALUES (now64(6), ?, ?, ?, 'sha', ?, ?, ?, ?)",
		d.id, d.supplier, d.name, d.drawn, covers, d.mode, d.codes)
	for _, record := range d.records {
		e.exec(t, "INSERT INTO ops.delivery_record (load_id, supplier, delivery_id, manifest_sha256, drawn_on, mode, record) VALUES (?, ?, ?, 'sha', ?, ?, ?)",
			d.id, d.supplier, d.name, d.drawn, d.mode, record)
	}
}
