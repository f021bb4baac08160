package audit

import (
	"encoding/csv"
	"io"
	"strconv"

	"doorstroom/pipelines/disclosure/cells"
)

// WriteCSV writes the findings: the table, the values in all dimensions of the
// model, of which those that the table lacks are empty, and the range.
func (r *Report) WriteCSV(out io.Writer, m *cells.Model) error {
	w := csv.NewWriter(out)
	header := append([]string{"table"}, m.Dimensions...)
	if err := w.Write(append(header, "low", "high")); err != nil {
		return err
	}
	for _, f := range r.Findings {
		record := make([]string, len(header), len(header)+2)
		record[0] = f.Table
		for _, d := range f.Dimensions {
			record[1+d] = m.Cells[f.Cell].Values[d]
		}
		if err := w.Write(append(record, low(f.Range), high(f.Range))); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

func low(r cells.Range) string {
	if r.Bottomless {
		return "-inf"
	}
	return strconv.FormatInt(r.Low, 10)
}

func high(r cells.Range) string {
	if r.Endless {
		return "inf"
	}
	return strconv.FormatInt(r.High, 10)
}
