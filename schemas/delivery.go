package schemas

import (
	"crypto/sha256"
	"encoding/binary"
	"time"
)

// ReadingVersion changes with every change of the program after which it would
// accept or put aside other rows of the same files: a rule, a code list, a
// decoder. A delivery whose reading was broken off is then read under a load_id
// of its own, and the rows of the reading before stay what they were: rows of no
// accepted load, which nothing looks at.
const ReadingVersion = "2"

// LoadID names one attempt at a delivery: the first eight bytes of the SHA-256
// of supplier, delivery_id, the manifest's own SHA-256, ReadingVersion and when
// each file of the manifest last changed, the zero time for one that is not there.
// The same files read again give the same id, so that their rows fall on
// themselves. A file that was written to while it was read gives another: what
// was read of it then is never taken for rows of the file as it is afterwards.
func LoadID(supplier, deliveryID, manifestSHA256 string, changed ...time.Time) uint64 {
	text := []byte(supplier + "/" + deliveryID + "/" + manifestSHA256 + "/" + ReadingVersion)
	for _, at := range changed {
		text = at.UTC().AppendFormat(append(text, '/'), time.RFC3339Nano)
	}
	sum := sha256.Sum256(text)
	return binary.BigEndian.Uint64(sum[:8])
}

// Opened goes to the control topic (JSON) before the first record of a delivery.
type Opened struct {
	LoadID         uint64 `json:"load_id"`
	Supplier       string `json:"supplier"`
	DeliveryID     string `json:"delivery_id"`
	ManifestSHA256 string `json:"manifest_sha256"`
}

// Closed goes to the control topic (JSON) when a delivery has been read and
// every message of it is acknowledged. With a Reason the delivery is refused;
// without one it is accepted once the raw tables hold exactly its rows.
type Closed struct {
	Opened
	// DrawnOn, CoversFrom, CoversTo (yyyy-mm-dd) and Mode are empty when the manifest does not tell.
	DrawnOn    string `json:"drawn_on"`
	CoversFrom string `json:"covers_from"`
	CoversTo   string `json:"covers_to"`
	Mode       string `json:"mode"`
	// Synthetic tells that the manifest calls its persons made up: whatever counts them says so.
	Synthetic bool `json:"synthetic,omitempty"`
	// MunicipalityCodes are those of a municipal manifest, sorted.
	MunicipalityCodes []string `json:"municipality_codes,omitempty"`
	// Reason is the first reason to refuse; Detail says where (file, row), never a value.
	Reason  Reason         `json:"reason"`
	Detail  string         `json:"detail,omitempty"`
	Records []RecordTotals `json:"records"`
	Files   []FileTotals   `json:"files"`
}

// RecordTotals are the counts of one record over the files of a delivery.
// RowsInFiles = RowsAccepted + RowsQuarantined.
type RecordTotals struct {
	Record          string `json:"record"`
	RowsInFiles     uint64 `json:"rows_in_files"`
	RowsAccepted    uint64 `json:"rows_accepted"`
	RowsQuarantined uint64 `json:"rows_quarantined"`
	// Filled counts by field the accepted rows that have a value in each optional field and in each pseudonym.
	Filled map[string]uint64 `json:"-"`
}

// FileTotals are the counts of one file, by which the raw table is reconciled:
// RowSum and RowSquares are the wrapping sums of row_no and its square over the
// accepted rows, so that a lost row and a doubled one do not cancel out. The
// totals in a message on Kafka are for information: those that decide are handed
// on by the process that read the file.
type FileTotals struct {
	Name            string `json:"name"`
	Record          string `json:"record"`
	FileNo          int32  `json:"file_no"`
	SHA256          string `json:"sha256"`
	Bytes           int64  `json:"bytes"`
	RowsInFile      uint64 `json:"rows_in_file"`
	RowsAccepted    uint64 `json:"rows_accepted"`
	RowsQuarantined uint64 `json:"rows_quarantined"`
	RowSum          uint64 `json:"row_sum"`
	RowSquares      uint64 `json:"row_squares"`
	// ControlField is the field that the manifest's control total adds up, empty without one, and ControlAccepted the sum
	// over the accepted rows, in digits: the raw table must hold the same.
	ControlField    string `json:"control_field,omitempty"`
	ControlAccepted string `json:"control_accepted,omitempty"`
	// Digest is that of the content of the accepted rows, as the raw table must hold them. It does not travel over Kafka.
	Digest Digest `json:"-"`
	// UnfilledColumns are the optional columns that no row of the file fills.
	UnfilledColumns []string `json:"unfilled_columns,omitempty"`
	// UnknownColumns counts the columns or keys that the contract does not know.
	UnknownColumns int `json:"unknown_columns"`
	// UnknownNames are the first of them, in their order in the file, at most 20 of at most 60 characters, escaped as in Go.
	UnknownNames []string `json:"unknown_names,omitempty"`
}

// Quarantined goes to the quarantine topic (JSON): one broken field of one
// record. It says where and which rule, never the value.
type Quarantined struct {
	LoadID uint64 `json:"load_id"`
	Record string `json:"record"`
	File   string `json:"file"`
	Row    int64  `json:"row"`
	Field  string `json:"field"`
	Rule   Rule   `json:"rule"`
}
