package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
)

const manifestPath = "schemas/contract/manifest.schema.json"

// enum is where the schema of manifests lists the suppliers.
var enum = regexp.MustCompile(`("supplier": \{"enum": \[)[^\]]*(\]\})`)

// manifestSchema is the schema of manifests with the suppliers that there are; all else in it is the contract's.
func manifestSchema(root string, records []*record) (string, error) {
	old, err := os.ReadFile(filepath.Join(root, manifestPath))
	if err != nil {
		return "", fmt.Errorf("read the schema of manifests: %w", err)
	}
	if n := len(enum.FindAll(old, -1)); n != 1 {
		return "", fmt.Errorf(`%s holds "supplier": {"enum": [...]} %d times, expected once: there stands the list of suppliers`, manifestPath, n)
	}
	return enum.ReplaceAllString(string(old), "${1}"+quoted(suppliers(records))+"${2}"), nil
}
