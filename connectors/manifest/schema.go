package manifest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"doorstroom/schemas"
)

// contract is the contract's schema, formats asserted (a date must be one): of
// a manifest, and of one of its files.
type contract struct{ manifest, file *jsonschema.Schema }

var compiled = sync.OnceValues(func() (contract, error) {
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(schemas.ManifestSchema))
	if err != nil {
		return contract{}, fmt.Errorf("read the manifest schema: %w", err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("manifest.schema.json", doc); err != nil {
		return contract{}, fmt.Errorf("add the manifest schema: %w", err)
	}
	all, err := c.Compile("manifest.schema.json")
	if err != nil {
		return contract{}, err
	}
	file, err := c.Compile("manifest.schema.json#/properties/files/items")
	return contract{all, file}, err
})

// checkSchema tells what the schema has against a manifest; empty when nothing.
// What it says names places and rules, never a value.
func checkSchema(data []byte) string {
	if len(data) > Limit {
		return fmt.Sprintf("manifest.json is longer than %d bytes; deliver fewer, larger files", Limit)
	}
	if detail := noText(data); detail != "" {
		return detail
	}
	if !utf8.Valid(data) {
		return "manifest.json is not UTF-8; write it so"
	}
	if detail := checkForm(data); detail != "" {
		return detail
	}
	schema, err := compiled()
	if err != nil {
		// The schema is part of the program: it compiles, as its test shows.
		panic(err)
	}
	rest, files := withoutFiles(data)
	if detail := violation(schema.manifest, rest, nil); detail != "" {
		return detail
	}
	return checkFiles(schema.file, files)
}

// withoutFiles gives a manifest with its first file only, and the list of all
// of them: a long list as one value, with all that may be wrong with it, takes a
// hundred times its bytes.
func withoutFiles(data []byte) (rest []byte, files json.RawMessage) {
	var doc map[string]json.RawMessage
	if json.Unmarshal(data, &doc) != nil {
		return data, nil
	}
	files = doc["files"]
	d := json.NewDecoder(bytes.NewReader(files))
	var first json.RawMessage
	if open, err := d.Token(); err != nil || open != json.Delim('[') || !d.More() || d.Decode(&first) != nil {
		return data, nil
	}
	doc["files"] = append(append(json.RawMessage("["), first...), ']')
	rest, err := json.Marshal(doc)
	if err != nil {
		return data, nil
	}
	return rest, files
}

// checkFiles holds the files of a list against the schema, one by one.
func checkFiles(schema *jsonschema.Schema, list json.RawMessage) string {
	d := json.NewDecoder(bytes.NewReader(list))
	if list == nil {
		return ""
	}
	if _, err := d.Token(); err != nil {
		return brokenJSON
	}
	for i := 0; d.More(); i++ {
		var file json.RawMessage
		if err := d.Decode(&file); err != nil {
			return brokenJSON
		}
		if detail := violation(schema, file, []string{"files", strconv.Itoa(i)}); detail != "" {
			return detail
		}
	}
	return ""
}

// violation gives where a value is not as a schema says; empty when it is. in is where the value lies.
func violation(schema *jsonschema.Schema, data []byte, in []string) string {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return brokenJSON
	}
	var invalid *jsonschema.ValidationError
	if errors.As(schema.Validate(doc), &invalid) {
		return wording(invalid, in)
	}
	return ""
}
