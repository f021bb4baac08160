package disclosure_test

import (
	"context"
	"doorstroom/pipelines/audit"
	"doorstroom/pipelines/disclosure"
	"doorstroom/pipelines/disclosure/cells"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"
)

func TestDbg(t *testing.T) {
	for _, sz := range [][]int{{12, 12}, {40, 20}, {6, 5, 4}, {10, 8, 6}} {
		r := rand.New(rand.NewPCG(1, 2))
		c := &catalogue{r: r, sizes: sz, releases: 1}
		for i := range sz {
			c.dimensions = append(c.dimensions, []string{"a", "region2", "c"}[i])
		}
		c.in.Rules = cells.Rules{Threshold: 10, Base: 5, Range: 10}
		n := 1
		for _, s := range sz {
			n *= s
		}
		shape := []int{0, 1, 2}[:len(sz)]
		for range n * 40 {
			p := make([]int, len(sz))
			for d := range sz {
				p[d] = min(r.IntN(sz[d]), r.IntN(sz[d]))
			}
			c.people = append(c.people, p)
		}
		tb := c.count("t", "", "all", shape, c.people)
		rows := tb.Rows[:0]
		for _, row := range tb.Rows {
			ok := true
			for _, v := range row.Values {
				if v[0] == 'R' {
					ok = false
				}
			}
			if ok {
				rows = append(rows, row)
			}
		}
		tb.Rows = rows
		c.in.Tables = []cells.InputTable{tb}
		m, err := cells.Build(c.in)
		if err != nil {
			t.Fatal(err)
		}
		prim := 0
		for _, cl := range m.Cells {
			if cl.Count < 10 && cl.Count > 0 {
				prim++
			}
		}
		t0 := time.Now()
		calls := 0
		at := time.Duration(0)
		v, err := disclosure.Protect(context.Background(), m, func(ctx context.Context, v *cells.View, q []cells.Question, k []int64) ([]cells.Range, error) {
			t1 := time.Now()
			defer func() { at += time.Since(t1) }()
			calls++
			fmt.Println(len(q))
			return audit.Ranges(ctx, v, q, k)
		})
		if err != nil {
			fmt.Println(err)
			continue
		}
		hid := 0
		for _, s := range v.Shown {
			if !s {
				hid++
			}
		}
		t1 := time.Now()
		fmt.Println(sz, len(m.Cells), "primary", prim, "hidden", hid, time.Since(t0), "attacks", calls, at)
		_, err = audit.Audit(context.Background(), v, audit.Options{})
		fmt.Println(err, time.Since(t1))
	}
}
