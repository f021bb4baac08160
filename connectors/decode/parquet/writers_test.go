package parquet_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xitongsys/parquet-go-source/writerfile"
	xparquet "github.com/xitongsys/parquet-go/parquet"
	"github.com/xitongsys/parquet-go/writer"

	"doorstroom/connectors/decode/decodetest"
	"doorstroom/connectors/decode/parquet"
	"doorstroom/schemas"
)

// unixDay is a day as Parquet counts it, by Go's own calendar.
func unixDay(t *testing.T, iso string) string {
	t.Helper()
	day, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint("day ", day.Unix()/86400)
}

// expectedWage is row i of the files in testdata, dates as DATE or as text.
func expectedWage(t *testing.T, r *schemas.Record, i int, textDates bool) string {
	t.Helper()
	date := func(iso string) string { return unixDay(t, iso) }
	if textDates {
		date = func(iso string) string { return iso }
	}
	want := map[string]string{
		"recordnummer": fmt.Sprintf("r-%d", i), "pseudoniem_b": decodetest.Someone, "ikv_nummer": fmt.Sprintf("ikv-%d", i/4), "pseudoniem_werkgever": decodetest.Someone,
		"datum_begin_periode": date("2023-01-01"), "datum_eind_periode": date("2023-01-31"), "datum_begin_ikv": date(fmt.Sprintf("2022-03-%02d", i+1)),
		"soort_inkomen": "15", "aard_arbeidsverhouding": "01", "verloonde_uren": fmt.Sprint("int ", 10*i-20), "loon_sv": fmt.Sprint("int ", 100_000*i-1),
	}
	if i%3 == 0 {
		want["datum_eind_ikv"] = date("2023-01-31")
	}
	if i != 5 {
		want["contracturen_per_week"] = fmt.Sprint("hundredths ", 125*i)
	}
	o := decodetest.Outcome{Set: map[int]string{}}
	for column, text := range want {
		o.Set[r.FieldOf(column)] = text
	}
	return o.String()
}

// TestPyarrow reads what pyarrow wrote: every codec, both page versions, with
// and without dictionaries, every type that the contract allows.
func TestPyarrow(t *testing.T) {
	files, err := filepath.Glob("testdata/pyarrow_*.parquet")
	if err != nil || len(files) != 21 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			textDates := strings.Contains(name, "text_dates") || strings.Contains(name, "binary_no_type")
			checkWages(t, data, textDates)
		})
	}
}

// TestClickHouse reads what the embedded ClickHouse wrote:
// doorstroom sql --format Parquet "$(cat clickhouse.sql)".
func TestClickHouse(t *testing.T) {
	data, err := os.ReadFile("testdata/clickhouse.parquet")
	if err != nil {
		t.Fatal(err)
	}
	checkWages(t, data, false)
}

func checkWages(t *testing.T, data []byte, textDates bool) {
	t.Helper()
	r := decodetest.Recorded("uwv_employment")
	got, result, err := decodetest.Read(t, parquet.Format, r, data, nil)
	if err != nil || len(got) != 12 || result.UnknownColumns != 1 {
		t.Fatalf("%d rows, %+v, %v", len(got), result, err)
	}
	for i := range got {
		if want := expectedWage(t, r, i, textDates); got[i].String() != want {
			t.Errorf("row %d: got %s\nwant %s", i+1, got[i], want)
		}
	}
}

// xitongWage is a row as xitongsys/parquet-go writes it.
type xitongWage struct {
	ID          string   `parquet:"name=recordnummer, type=BYTE_ARRAY, convertedtype=UTF8"`
	B           string   `parquet:"name=pseudoniem_b, type=BYTE_ARRAY, convertedtype=UTF8, encoding=PLAIN_DICTIONARY"`
	Ikv         string   `parquet:"name=ikv_nummer, type=BYTE_ARRAY, convertedtype=UTF8, encoding=DELTA_LENGTH_BYTE_ARRAY"`
	Employer    string   `parquet:"name=pseudoniem_werkgever, type=BYTE_ARRAY"`
	PeriodStart int32    `parquet:"name=datum_begin_periode, type=INT32, convertedtype=DATE"`
	PeriodEnd   int32    `parquet:"name=datum_eind_periode, type=INT32, convertedtype=DATE"`
	IkvStart    int32    `parquet:"name=datum_begin_ikv, type=INT32, convertedtype=DATE"`
	IkvEnd      *int32   `parquet:"name=datum_eind_ikv, type=INT32, convertedtype=DATE"`
	SrtIV       string   `parquet:"name=soort_inkomen, type=BYTE_ARRAY, convertedtype=UTF8, encoding=PLAIN_DICTIONARY"`
	CdAard      string   `parquet:"name=aard_arbeidsverhouding, type=BYTE_ARRAY, convertedtype=UTF8"`
	HoursPaid   int32    `parquet:"name=verloonde_uren, type=INT32, encoding=PLAIN"`
	WeekHours   *int32   `parquet:"name=contracturen_per_week, type=INT32, convertedtype=DECIMAL, scale=2, precision=5"`
	Wage        int64    `parquet:"name=loon_sv, type=INT64, encoding=DELTA_BINARY_PACKED"`
	Extra       *float64 `parquet:"name=iets_anders, type=DOUBLE"`
}

// TestXitongsys reads what another Go library wrote.
func TestXitongsys(t *testing.T) {
	for _, codec := range []xparquet.CompressionCodec{xparquet.CompressionCodec_UNCOMPRESSED, xparquet.CompressionCodec_SNAPPY, xparquet.CompressionCodec_GZIP, xparquet.CompressionCodec_ZSTD} {
		t.Run(codec.String(), func(t *testing.T) {
			var b bytes.Buffer
			w, err := writer.NewParquetWriter(writerfile.NewWriterFile(&b), new(xitongWage), 1)
			if err != nil {
				t.Fatal(err)
			}
			w.CompressionType = codec
			w.PageSize = 64
			end := int32(19388) // 2023-01-31
			for i := range int32(12) {
				hours := 125 * i
				row := xitongWage{
					ID: fmt.Sprintf("r-%d", i), B: decodetest.Someone, Ikv: fmt.Sprintf("ikv-%d", i/4), Employer: decodetest.Someone, PeriodStart: 19358, PeriodEnd: end, IkvStart: 19052 + i,
					SrtIV: "15", CdAard: "01", HoursPaid: 10*i - 20, WeekHours: &hours, Wage: 100_000*int64(i) - 1,
				}
				if i%3 == 0 {
					row.IkvEnd = &end
				}
				if i == 5 {
					row.WeekHours = nil
				}
				if err := w.Write(row); err != nil {
					t.Fatal(err)
				}
			}
			if err := w.WriteStop(); err != nil {
				t.Fatal(err)
			}
			checkWages(t, b.Bytes(), false)
		})
	}
}
