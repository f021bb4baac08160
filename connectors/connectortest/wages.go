package connectortest

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"strconv"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"

	"doorstroom/schemas"
)

// Wage is a row of uwv_employment as UWV writes it.
type Wage struct {
	ID          string  `parquet:"recordnummer"`
	Operation   *string `parquet:"mutatie,optional,dict"`
	V           *string `parquet:"pseudoniem_v,optional"`
	B           *string `parquet:"pseudoniem_b,optional"`
	Ikv         *string `parquet:"ikv_nummer,optional"`
	Employer    *string `parquet:"pseudoniem_werkgever,optional,dict"`
	PeriodStart *int32  `parquet:"datum_begin_periode,optional,date"`
	PeriodEnd   *int32  `parquet:"datum_eind_periode,optional,date"`
	IkvStart    *int32  `parquet:"datum_begin_ikv,optional,date"`
	IkvEnd      *int32  `parquet:"datum_eind_ikv,optional,date"`
	EndReason   *string `parquet:"reden_einde,optional,dict"`
	SrtIV       *string `parquet:"soort_inkomen,optional,dict"`
	CdAard      *string `parquet:"aard_arbeidsverhouding,optional,dict"`
	Permanent   *string `parquet:"onbepaalde_tijd,optional,dict"`
	Written     *string `parquet:"schriftelijk,optional,dict"`
	OnCall      *string `parquet:"oproep,optional,dict"`
	HoursPaid   *int32  `parquet:"verloonde_uren,optional"`
	WeekHours   *int32  `parquet:"contracturen_per_week,optional,decimal(2:5)"`
	Wage        *int64  `parquet:"loon_sv,optional"`
	Sector      *string `parquet:"sector,optional,dict"`
}

func ptr[T any](v T) *T { return &v }

// Pseudonym gives the n-th of many sound pseudonyms, as unlike one another as real ones.
func Pseudonym(n int) string {
	sum := sha256.Sum256(strconv.AppendInt(nil, int64(n), 10))
	return schemas.Pseudonym{Key: [16]byte(sum[:16]), Valid: true}.Text()
}

// WageAt gives the n-th of many sound wages.
func WageAt(n int) Wage {
	start := int32(19358 + 31*(n%3))
	w := Wage{
		ID: fmt.Sprintf("r-%09d", n), B: ptr(Pseudonym(n / 12)), Ikv: ptr(fmt.Sprintf("ikv-%08d", n/12)), Employer: ptr(Pseudonym(n % 4000)),
		PeriodStart: ptr(start), PeriodEnd: ptr(start + 30), IkvStart: ptr(int32(18000 + n/12*31%1000)), SrtIV: ptr("15"), CdAard: ptr("01"),
		Permanent: ptr("J"), Written: ptr("J"), OnCall: ptr("N"), HoursPaid: ptr(int32(n % 170)), WeekHours: ptr(int32(n % 4000)), Wage: ptr(int64(n) * 7919 % 500009), Sector: ptr("45"),
	}
	if n%7 == 0 {
		w.IkvEnd, w.EndReason = ptr(int32(19900)), ptr("90")
	}
	return w
}

// Parquet writes rows in row groups of a size.
func Parquet[T any](t testing.TB, rows []T, group int, codec compress.Codec) []byte {
	t.Helper()
	var b bytes.Buffer
	w := parquet.NewGenericWriter[T](&b, parquet.Compression(codec), parquet.MaxRowsPerRowGroup(int64(group)))
	if _, err := w.Write(rows); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
