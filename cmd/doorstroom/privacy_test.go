package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
)

// assertOnlyInWarehouse looks through a data folder: values of the fixtures may
// be in the tables and topics, and in no log and no name of a file.
func assertOnlyInWarehouse(t *testing.T, data string) {
	t.Helper()
	logs := 0
	err := filepath.WalkDir(data, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if strings.Contains(strings.ToLower(d.Name()), sentinel) {
			t.Errorf("a file name below the data folder holds a value of a record")
		}
		if d.IsDir() || !strings.HasSuffix(d.Name(), ".log") && !strings.Contains(d.Name(), ".log.") {
			return nil
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		logs++
		if bytes.Contains(bytes.ToLower(content), []byte(sentinel)) {
			t.Errorf("the log %s holds a value of a record", filepath.Base(path))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if logs == 0 {
		t.Error("no log was found below the data folder: look where they are now")
	}
}

// gzip1 packs a text as one member.
func gzip1(text []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(text)
	_ = w.Close()
	return b.Bytes()
}
