package slice

import (
	"context"
	"fmt"
	"strconv"

	"github.com/ClickHouse/ch-go"
	"github.com/ClickHouse/ch-go/proto"

	"doorstroom/pipelines/route"
	"doorstroom/schemas"
)

// rowsPerInsert is when a table is written before its slice is at its end.
const rowsPerInsert = 1_500_000

// writer gathers the facts of one slice and inserts them.
type writer struct {
	person    *personBlock
	milestone *milestoneBlock
	month     *monthBlock
	spell     *spellBlock
	job       *jobBlock
	bijstand  *bijstandBlock
	blocks    []*block

	participation *participationBlock
	workPermit    *workPermitBlock
	mbo           *mboBlock
	valuation     *valuationBlock
	conversion    *conversionBlock

	client  *ch.Client
	slice   *Slice
	edition schemas.Date
	chunks  map[string]int    // inserts so far, per table
	rows    map[string]uint64 // rows so far, per table
}

func newWriter() *writer {
	w := &writer{
		person: newPersonBlock(), milestone: newMilestoneBlock(), month: newMonthBlock(),
		spell: newSpellBlock(), job: newJobBlock(), bijstand: newBijstandBlock(),
		participation: newParticipationBlock(), workPermit: newWorkPermitBlock(), mbo: newMboBlock(), valuation: newValuationBlock(), conversion: newConversionBlock(),
	}
	w.blocks = []*block{&w.person.block, &w.milestone.block, &w.month.block, &w.spell.block, &w.job.block, &w.bijstand.block,
		&w.participation.block, &w.workPermit.block, &w.mbo.block, &w.valuation.block, &w.conversion.block}
	return w
}

// start begins a slice; whatever a slice before it left is forgotten.
func (w *writer) start(client *ch.Client, s *Slice, edition schemas.Date) {
	w.client, w.slice, w.edition = client, s, edition
	w.chunks, w.rows = make(map[string]int), make(map[string]uint64)
	for _, b := range w.blocks {
		b.reset()
	}
}

// add takes the facts of one person.
func (w *writer) add(ctx context.Context, id []byte, f *route.Facts) error {
	w.person.add(id, &f.Person)
	w.milestone.add(id, f.Milestones)
	w.month.add(id, f.Months)
	w.spell.add(id, f.WorkSpells)
	w.job.add(id, f.Jobs)
	w.bijstand.add(id, f.BijstandSpells)
	w.participation.add(id, f.Participations)
	w.workPermit.add(id, f.WorkPermits)
	w.mbo.add(id, f.Mbos)
	w.valuation.add(id, f.Valuations)
	w.conversion.add(id, f.Conversions)
	if w.month.rows() >= rowsPerInsert {
		return w.flush(ctx, &w.month.block)
	}
	return nil
}

// finish inserts what is left.
func (w *writer) finish(ctx context.Context) error {
	for _, b := range w.blocks {
		if err := w.flush(ctx, b); err != nil {
			return err
		}
	}
	return nil
}

// flush inserts the rows of one table. A slice always gives the same rows in
// the same inserts, so a token of build, slice, table and place makes a second
// insert of the same rows change nothing: after a crash between insert and
// acknowledgement, or when two workers got the same slice. Builds never share
// a number, so a token never stands for other rows; and before a build becomes current, the stored rows are counted.
func (w *writer) flush(ctx context.Context, b *block) error {
	rows := b.rows()
	if rows == 0 {
		return nil
	}
	w.chunks[b.table]++
	w.rows[b.table] += uint64(rows)
	input := b.input(w.edition, w.slice.Build)
	token := fmt.Sprintf("%d/%d/%s/%d", w.slice.Build, w.slice.Number, b.table, w.chunks[b.table])
	err := w.client.Do(ctx, ch.Query{
		Body: Into("facts_store."+b.table, input), Input: input,
		Settings: []ch.Setting{
			{Key: "insert_deduplicate", Value: "1", Important: true},
			{Key: "insert_deduplication_token", Value: token, Important: true},
			{Key: "materialize_statistics_on_insert", Value: "0"},
			{Key: "max_insert_block_size", Value: strconv.Itoa(2 * rowsPerInsert)},
		},
	})
	if err != nil {
		return fmt.Errorf("inserting %d rows of %s: %w", rows, b.table, err)
	}
	b.reset()
	return nil
}

// Into is the statement that inserts the columns of a block in a table, which is named with its database.
func Into(table string, input proto.Input) string {
	return "INSERT INTO " + table + " " + input.Columns() + " VALUES"
}
