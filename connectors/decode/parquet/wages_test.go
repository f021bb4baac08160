package parquet_test

import (
	"bytes"
	"fmt"
	"testing"

	"doorstroom/connectors/decode/decodetest"

	parquetgo "github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"
)

// wage is a row of uwv_employment.
type wage struct {
	ID          string  `parquet:"recordnummer"`
	B           *string `parquet:"pseudoniem_b,optional"`
	Ikv         string  `parquet:"ikv_nummer,delta"`
	Employer    string  `parquet:"pseudoniem_werkgever,dict"`
	PeriodStart int32   `parquet:"datum_begin_periode,date"`
	PeriodEnd   int32   `parquet:"datum_eind_periode,date"`
	IkvStart    int32   `parquet:"datum_begin_ikv,date,delta"`
	IkvEnd      *int32  `parquet:"datum_eind_ikv,optional,date"`
	EndReason   *string `parquet:"reden_einde,optional,dict"`
	SrtIV       string  `parquet:"soort_inkomen,dict"`
	CdAard      string  `parquet:"aard_arbeidsverhouding,dict"`
	HoursPaid   int32   `parquet:"verloonde_uren"`
	WeekHours   *int32  `parquet:"contracturen_per_week,optional,decimal(2:5)"`
	Wage        int64   `parquet:"loon_sv"`
}

// wages gives sound rows.
func wages(n int) []wage {
	rows := make([]wage, n)
	for i := range rows {
		who, end, why, hours := decodetest.Someone, int32(19900), "90", int32(i%4000)
		rows[i] = wage{
			ID: fmt.Sprintf("r-%06d", i), B: &who, Ikv: fmt.Sprintf("ikv-%05d", i/12), Employer: decodetest.Someone, PeriodStart: 19358, PeriodEnd: 19388, IkvStart: int32(18000 + i),
			SrtIV: "15", CdAard: "01", HoursPaid: int32(i % 170), WeekHours: &hours, Wage: int64(i) * 7919,
		}
		if i%7 == 0 {
			rows[i].IkvEnd, rows[i].EndReason = &end, &why
		}
	}
	return rows
}

// written writes rows in row groups of a size.
func written[T any](t testing.TB, rows []T, group int64, codec compress.Codec, more ...parquetgo.WriterOption) []byte {
	t.Helper()
	var b bytes.Buffer
	w := parquetgo.NewGenericWriter[T](&b, append(more, parquetgo.Compression(codec), parquetgo.MaxRowsPerRowGroup(group))...)
	if _, err := w.Write(rows); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
