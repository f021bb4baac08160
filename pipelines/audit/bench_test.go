package audit

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"doorstroom/pipelines/disclosure/cells"
)

// BenchmarkAudit attacks a table of 10,000 cells in two dimensions, and cubes of 693 and 10,000, in which every cell
// below the threshold is suppressed and, as a protector would, others beside it.
func BenchmarkAudit(b *testing.B) {
	for _, sizes := range [][]int{{99, 99}, {10, 8, 6}, {24, 19, 19}} {
		for _, base := range []int64{0, 5} {
			for _, share := range []float64{0.1, 0.3} {
				b.Run(fmt.Sprintf("%v/base=%d/more=%v", sizes, base, share), func(b *testing.B) {
					v := largeView(b, sizes, base, share)
					for b.Loop() {
						report, err := Audit(context.Background(), v, Options{})
						if err != nil {
							b.Fatal(err)
						}
						b.ReportMetric(float64(len(report.Findings)), "suppressed")
					}
					b.ReportMetric(float64(len(v.Cells)), "cells")
				})
			}
		}
	}
}

// largeView is a cube of counts of which the share more is suppressed beyond those below 10.
func largeView(t testing.TB, sizes []int, base int64, more float64) *cells.View {
	r := rand.New(rand.NewPCG(3, 4))
	rules := cells.Rules{Threshold: 10, Base: base, Range: 10}
	total := map[string]int64{}
	var each func(key []int)
	each = func(key []int) {
		if len(key) < len(sizes) {
			for k := range sizes[len(key)] {
				each(append(slices.Clone(key), k))
			}
			return
		}
		n := int64(r.ExpFloat64() * 40)
		for mask := range 1 << len(sizes) {
			at := slices.Clone(key)
			for d := range at {
				if mask>>d&1 == 1 {
					at[d] = -1
				}
			}
			total[fmt.Sprint(at)] += n
		}
	}
	each(nil)
	in := cells.Input{Rules: rules, Tables: []cells.InputTable{count("t", "", "", sizes, nil)}}
	for i := range in.Tables[0].Rows {
		row := &in.Tables[0].Rows[i]
		key := make([]int, len(sizes))
		margins := 0
		for d, v := range row.Values {
			if v == cells.Total {
				key[d] = -1
				margins++
				continue
			}
			fmt.Sscanf(v, "v%d", &key[d])
		}
		n := total[fmt.Sprint(key)]
		row.Status, row.Count = cells.Published, rules.Round(n)
		if n > 0 && n < 10 || margins == 0 && r.Float64() < more {
			row.Status, row.Count = cells.Suppressed, 0
		}
	}
	m, err := cells.Build(in)
	if err != nil {
		t.Fatal(err)
	}
	v, err := m.Seen()
	if err != nil {
		t.Fatal(err)
	}
	return v
}
