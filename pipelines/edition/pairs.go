package edition

import (
	"context"
	"fmt"
	"math/big"

	"github.com/ClickHouse/ch-go"
	"github.com/ClickHouse/ch-go/proto"

	"doorstroom/pipelines/link"
	"doorstroom/pipelines/versions"
	"doorstroom/schemas"
)

// pairs adds the pseudonyms of the effective records to the graph and returns how many records those are.
func (e *effectiveRecords) pairs(ctx context.Context, g *link.Graph) (rows uint64, err error) {
	summed := e.summed()
	e.sums = make([]*big.Int, 1+len(summed))
	for i := range e.sums {
		e.sums[i] = new(big.Int)
	}
	for _, query := range e.selects() {
		n, err := e.addPairs(ctx, g, query, summed)
		if err != nil {
			return 0, fmt.Errorf("reading the pseudonyms of %s: %w", e.record.Name, err)
		}
		rows += n
	}
	e.sums[0].SetUint64(rows)
	return rows, nil
}

// addPairs takes the records of one SELECT.
func (e *effectiveRecords) addPairs(ctx context.Context, g *link.Graph, query string, summed []summedColumn) (rows uint64, err error) {
	var (
		from   = link.SupplierBit(e.record.Supplier)
		v      = proto.NewColNullable[[16]byte](new(proto.ColFixedStr16))
		b      = proto.NewColNullable[[16]byte](new(proto.ColFixedStr16))
		n      proto.ColUInt64
		sums   = make([]proto.ColInt128, len(summed))
		result = proto.Results{{Name: "pseudonym_v", Data: v}, {Name: "pseudonym_b", Data: b}, {Name: "n", Data: &n}}
	)
	for i, c := range summed {
		result = append(result, proto.ResultColumn{Name: c.Sum(), Data: &sums[i]})
	}
	err = e.bulk(ctx, ch.Query{
		Body:   sqlFiles.Render("pairs.sql", pairsText{query, summed}),
		Result: result,
		OnResult: func(context.Context, proto.Block) error {
			for i := range n {
				rows += n[i]
				g.Add(pseudonym(v, i), pseudonym(b, i), from)
			}
			for i := range sums {
				for _, sum := range sums[i] {
					e.sums[1+i].Add(e.sums[1+i], wideInt(sum))
				}
			}
			return nil
		},
	})
	return rows, err
}

// pairsText is what pairs.sql needs.
type pairsText struct {
	Select string
	Summed []summedColumn
}

// summedColumn is a column that control totals add up.
type summedColumn struct{ versions.Column }

// Sum names its sum.
func (c summedColumn) Sum() string { return "sum_" + c.Name }

// summed are the measures of the record that are among the columns, in the order of the record.
func (e *effectiveRecords) summed() (list []summedColumn) {
	for _, f := range e.record.Fields {
		for _, c := range e.sql.Columns {
			if f.Measure != "" && c.Name == f.Name {
				list = append(list, summedColumn{c})
			}
		}
	}
	return list
}

// wideInt is an Int128 as a number of Go.
func wideInt(n proto.Int128) *big.Int {
	high := new(big.Int).Lsh(big.NewInt(int64(n.High)), 64)
	return high.Add(high, new(big.Int).SetUint64(n.Low))
}

func pseudonym(c *proto.ColNullable[[16]byte], row int) schemas.Pseudonym {
	value := c.Row(row)
	return schemas.Pseudonym{Key: value.Value, Valid: value.Set}
}
