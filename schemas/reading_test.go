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

// rulesDigest is over what the Avro files say, their prose left out, and the reference files.
func rulesDigest(t *testing.T) string {
	t.Helper()
	h := sha256.New()
	for _, r := range schemas.Records {
		var says any
		if err := json.Unmarshal([]byte(r.Avro), &says); err != nil {
			t.Fatal(err)
		}
		if err := json.NewEncoder(h).Encode(withoutDoc(says)); err != nil {
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

func withoutDoc(says any) any {
	switch v := says.(type) {
	case map[string]any:
		delete(v, "doc")
		for key := range v {
			v[key] = withoutDoc(v[key])
		}
	case []any:
		for i := range v {
			v[i] = withoutDoc(v[i])
		}
	}
	return says
}
