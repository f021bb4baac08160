package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// migration is one numbered file of schemas/migrations.
type migration struct{ name, text string }

// readMigrations gives them in the order of their numbers, which all have five digits.
func readMigrations(dir string) (list []migration, err error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.sql"))
	if err != nil {
		return nil, fmt.Errorf("list migrations: %w", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("read migration: %w", err)
		}
		list = append(list, migration{filepath.Base(file), string(data)})
	}
	return list, nil
}

// nextNumber follows the highest: a gap may be a number that another branch has taken.
func nextNumber(list []migration) (number int, err error) {
	for _, m := range list {
		n := 0
		if _, err := fmt.Sscanf(m.name, "%05d_", &n); err != nil {
			return 0, fmt.Errorf("migration %s does not begin with a number of five digits and _: rename it: %w", m.name, err)
		}
		number = max(number, n)
	}
	return number + 1, nil
}

// landedList adds what is new to the list of checksums that stands in a file. What is listed is in warehouses that
// exist, which never apply it again: it is an error when it changed or went.
func landedList(old string, list []migration) (string, error) {
	sums := make(map[string]string)
	for line := range strings.Lines(old) {
		sum, name, ok := strings.Cut(strings.TrimSpace(line), "  ")
		if !ok {
			return "", fmt.Errorf("a line of schemas/migrations/landed.sha256 is not a checksum, two blanks and a file: restore the file")
		}
		sums[name] = sum
	}
	text := old
	for _, m := range list {
		hash := sha256.Sum256([]byte(m.text))
		sum := hex.EncodeToString(hash[:])
		if listed, ok := sums[m.name]; !ok {
			text += sum + "  " + m.name + "\n"
		} else if listed != sum {
			return "", fmt.Errorf("migration %s changed after it had landed, and warehouses that exist would not get the change: restore it, and write the next number instead", m.name)
		}
		delete(sums, m.name)
	}
	for name := range sums {
		return "", fmt.Errorf("migration %s landed and is gone: restore it, and take back in the next number what it made", name)
	}
	return text, nil
}
