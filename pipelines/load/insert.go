package load

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/ClickHouse/ch-go"
	"github.com/ClickHouse/ch-go/proto"
	"go.uber.org/zap"
)

const (
	// insertRows is where an INSERT ends: one large part costs the server half of what four small ones do.
	insertRows = 1 << 20
	// insertTime ends an INSERT into which rows keep dripping, so that they are confirmed.
	insertTime = 10 * time.Second
)

// inserter streams the blocks of one table to ClickHouse: many blocks in one
// INSERT. Nothing of it counts before the server has confirmed the whole INSERT.
type inserter struct {
	table  string
	blocks *blocks
	dial   func(context.Context) (*ch.Client, error)
	// confirmed hears how many rows a confirmed INSERT had.
	confirmed func(rows int)
	log       *zap.Logger

	// input is what is being sent: the columns of the current block, or of none.
	input proto.Input
	none  proto.Input
	query string
}

func newInserter(table string, b *blocks, empty columns) *inserter {
	none := empty.input()
	names := make([]string, len(none))
	for i, c := range none {
		names[i] = "`" + c.Name + "`"
	}
	return &inserter{
		table: table, blocks: b, none: none, input: empty.input(),
		query: fmt.Sprintf("INSERT INTO %s (%s) VALUES", table, strings.Join(names, ", ")),
	}
}

// run inserts until ctx ends or an INSERT fails; then the rows must be read again.
func (i *inserter) run(ctx context.Context) error {
	var client *ch.Client
	defer func() {
		if client != nil {
			_ = client.Close()
		}
	}()
	for {
		k, err := i.blocks.first(ctx)
		if err != nil {
			return err
		}
		if client == nil || client.IsClosed() {
			if client, err = i.dial(ctx); err != nil {
				return err
			}
		}
		if err := i.insert(ctx, client, k); err != nil {
			return fmt.Errorf("inserting into %s: %w", i.table, err)
		}
	}
}

// insert sends block k and what follows it as one INSERT.
func (i *inserter) insert(ctx context.Context, client *ch.Client, k *block) error {
	var (
		began = time.Now()
		spans []*span
		rows  int
	)
	load := func() {
		copy(i.input, k.columns.input())
		spans = append(spans, k.spans...)
		rows += k.rows()
	}
	load()
	err := client.Do(ctx, ch.Query{
		Body: i.query, Input: i.input, Settings: insertSettings,
		OnInput: func(ctx context.Context) error {
			// The block before this call is with the server's socket: it can be filled again.
			i.blocks.recycle(k)
			k = nil
			copy(i.input, i.none)
			if left := insertTime - time.Since(began); rows < insertRows && left > 0 {
				k = i.blocks.next(ctx, left)
			}
			if k == nil {
				return io.EOF
			}
			load()
			return nil
		},
	})
	if err != nil {
		return err
	}
	for _, s := range spans {
		s.confirm()
	}
	i.confirmed(rows)
	i.log.Debug("inserted", zap.String("table", i.table), zap.Int("rows", rows), zap.Duration("took", time.Since(began)))
	return nil
}

// insertSettings make one part of a whole INSERT. Repeats within it are left to
// the table's own merges and to reconciliation, which counts each identity once.
var insertSettings = []ch.Setting{
	{Key: "optimize_on_insert", Value: "0", Important: true},
	ch.SettingInt("min_insert_block_size_rows", insertRows),
	ch.SettingInt("min_insert_block_size_bytes", 512<<20),
}
