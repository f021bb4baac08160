//go:build long

package newsupplier_test

import (
	"strings"
	"testing"
)

// TestSuiteWithNewSupplier runs all tests and the linters of the project in a copy that has the new supplier.
func TestSuiteWithNewSupplier(t *testing.T) {
	c := copyOf(t)
	c.add()
	c.run("go", "generate", "./schemas", "./connectors")
	c.run("go", "run", "github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.5.0", "run")
	var packages []string
	for p := range strings.FieldsSeq(c.run("go", "list", "./...")) {
		if !strings.HasSuffix(p, "/newsupplier") { // which would copy the copy, with the supplier in it
			packages = append(packages, p)
		}
	}
	c.run("go", append([]string{"test", "-timeout", "120m"}, packages...)...)
}
