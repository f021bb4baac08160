package manifest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"doorstroom/schemas"
)

// compiled is the contract's schema, formats asserted: a date must be one.
var compiled = sync.OnceValues(func() (*jsonschema.Schema, error) {
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(schemas.ManifestSchema))
	if err != nil {
		return nil, fmt.Errorf("read the manifest schema: %w", err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("manifest.schema.json", doc); err != nil {
		return nil, fmt.Errorf("add the manifest schema: %w", err)
	}
	return c.Compile("manifest.schema.json")
})

// checkSchema tells what the schema has against a manifest; empty when nothing.
// What it says names places and rules, never a value.
func checkSchema(data []byte) string {
	if !utf8.Valid(data) {
		return "manifest.json is not UTF-8"
	}
	if detail := checkKeys(data); detail != "" {
		return detail
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return "manifest.json is no JSON"
	}
	schema, err := compiled()
	if err != nil {
		// The schema is part of the program: it compiles, as its test shows.
		panic(err)
	}
	var invalid *jsonschema.ValidationError
	if errors.As(schema.Validate(doc), &invalid) {
		return "not as manifest.schema.json says, at /" + strings.Join(place(invalid), "/")
	}
	return ""
}

// place gives the path of the first value that is not as it should be.
func place(e *jsonschema.ValidationError) []string {
	for len(e.Causes) > 0 {
		e = e.Causes[0]
	}
	known := e.InstanceLocation
	for i, part := range known {
		if len(part) > 40 {
			return known[:i]
		}
	}
	return known
}

// numberLimit is how long a number of a manifest may be: 1e999999999 is a
// whole number to JSON Schema, and gigabytes to whoever writes it out.
const numberLimit = 40

// checkKeys reads the manifest token by token for what a JSON decoder lets pass:
// a key twice in an object, a number that is only an exponent, text behind the end.
func checkKeys(data []byte) string {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	if detail := checkValue(d, 0); detail != "" {
		return detail
	}
	if _, err := d.Token(); err != io.EOF {
		return "manifest.json goes on behind its end"
	}
	return ""
}

// depthLimit is how deep values of a manifest may lie in one another; those of
// the contract lie four deep. json.Decoder.Token itself has no limit.
const depthLimit = 64

func checkValue(d *json.Decoder, depth int) string {
	token, err := d.Token()
	if err != nil {
		return "manifest.json is no JSON"
	}
	switch t := token.(type) {
	case json.Number:
		if len(t) > numberLimit || strings.ContainsAny(t.String(), "eE") {
			return "a number of manifest.json is too long or has an exponent"
		}
	case json.Delim:
		if depth == depthLimit {
			return "manifest.json has values too deep in one another"
		}
		return checkMembers(d, t, depth)
	}
	return ""
}

// checkMembers reads an object or a list to its end.
func checkMembers(d *json.Decoder, open json.Delim, depth int) string {
	seen := map[json.Token]bool{}
	for d.More() {
		if open == '{' {
			key, err := d.Token()
			if err != nil {
				return "manifest.json is no JSON"
			}
			if seen[key] {
				return "manifest.json has a key twice"
			}
			seen[key] = true
		}
		if detail := checkValue(d, depth+1); detail != "" {
			return detail
		}
	}
	if _, err := d.Token(); err != nil {
		return "manifest.json is no JSON"
	}
	return ""
}
