package versions

import "doorstroom/schemas"

// RowsAbout selects what Resolve has to be given to know some people: every version of every record of which one version
// carries one of their pseudonyms, and of records that correct each other those of the same periods. Pseudonyms go to
// the server as data, in a table wanted (key FixedString(16), v UInt8: 1 for a V, 0 for a B) that is sent with the query.
type RowsAbout struct {
	Record *schemas.Record
	// OfLoads tells that only loads of a table loads (load UInt64) are looked at, which is sent too.
	OfLoads bool
	// Also is an expression of one more column; none when empty.
	Also string
}

// Query gives load_id, file_no, row_no, record_id, municipality (Int16), pseudonym_v, pseudonym_b, deletes (UInt8), period
// and also: a row each, in the order of places, rows that were written twice once.
func (q *RowsAbout) Query() string { return sqlFiles.Render("rows_about.sql", q) }
