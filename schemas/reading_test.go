package schemas_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"os"
	"slices"
	"testing"

	"doorstroom/schemas"
)

// rulesOfReading is a digest of the rules that each ReadingVersion read by: the last is that of now.
var rulesOfReading = map[string]string{
	"1": "71b7e4cb8bc6c7c44f458d50018113c4",
	"2": "71b7e4cb8bc6c7c44f458d50018113c4", // dates from 1970, all columns in the header, a record all of whose rows are bad
}

// TestReadingVersionFollowsTheRules: rules that changed under the same version would let the rows of two readings of one
// delivery meet under one load_id, and the delivery could never be decided.
func TestReadingVersionFollowsTheRules(t *testing.T) {
	if got := rulesDigest(t); got != rulesOfReading[schemas.ReadingVersion] {
		t.Errorf("the rules changed: raise ReadingVersion and note the digest %s of its rules here", got)
	}
}

// notOfReading are the attributes of Avro files that are not about which rows are accepted: prose, names, and what becomes of
// a row that was.
var notOfReading = []string{"doc", "order", "supplier_name", "record_name", "corrected_by", "partitions", "period_name", "route", "work", "case", "measure"}

// rulesDigest is over what the Avro files of published records say about reading, and the reference files. A record that is
// new changes nothing of how others are read.
func rulesDigest(t *testing.T) string {
	t.Helper()
	h := sha256.New()
	published := publishedRecords(t)
	for _, r := range schemas.Records {
		if published[r.Name] == nil {
			continue
		}
		var says any
		if err := json.Unmarshal([]byte(r.Avro), &says); err != nil {
			t.Fatal(err)
		}
		if err := json.NewEncoder(h).Encode(ofReading(says)); err != nil {
			t.Fatal(err)
		}
	}
	var files []string
	err := fs.WalkDir(os.DirFS("reference"), ".", func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && len(path) > 4 && path[len(path)-4:] == ".csv" {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(files)
	for _, file := range files {
		data, err := os.ReadFile("reference/" + file)
		if err != nil {
			t.Fatal(err)
		}
		h.Write(data)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

func ofReading(says any) any {
	switch v := says.(type) {
	case map[string]any:
		for key := range v {
			if slices.Contains(notOfReading, key) {
				delete(v, key)
				continue
			}
			v[key] = ofReading(v[key])
		}
	case []any:
		for i := range v {
			v[i] = ofReading(v[i])
		}
	}
	return says
}
