package manifest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// A manifest is read whole, and what a few bytes of JSON may take in memory, or
// a rule of the schema in time, is far more than they are. So its form is held
// against what any sound manifest keeps to before anything is made of it.

const (
	// Limit is how long a manifest may be, in bytes: some 60,000 files.
	Limit = 16 << 20
	// numberLimit is how long a number of a manifest may be: 1e999999999 is a
	// whole number to JSON Schema, and gigabytes to whoever writes it out.
	numberLimit = 40
	// depthLimit is how deep values of a manifest may lie in one another; those of
	// the contract lie four deep. json.Decoder.Token itself has no limit.
	depthLimit = 64
	// keysLimit is how many keys an object may have; those of the contract have ten at most.
	keysLimit = 64
	// codesLimit is how many municipality codes a manifest may name, far more
	// than there have been: telling them apart takes the square of their number.
	codesLimit = 4000
)

// checkForm reads the manifest token by token for what is beyond all measure
// and for what a JSON decoder lets pass: a key twice in an object, a number that
// is only an exponent, text behind the end.
func checkForm(data []byte) string {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	switch detail := checkValue(d, 0, ""); detail {
	case "":
	case brokenJSON:
		return noJSON(data)
	default:
		return detail
	}
	if _, err := d.Token(); err != io.EOF {
		return "manifest.json goes on behind its end"
	}
	return ""
}

// checkValue reads one value; key is the one that it has in the manifest itself.
func checkValue(d *json.Decoder, depth int, key string) string {
	token, err := d.Token()
	if err != nil {
		return brokenJSON
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
		if t == '{' {
			return checkObject(d, depth)
		}
		return checkList(d, depth, key == "files")
	}
	return ""
}

// checkObject reads an object to its end.
func checkObject(d *json.Decoder, depth int) string {
	seen := map[json.Token]bool{}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return brokenJSON
		}
		if seen[key] {
			return fmt.Sprintf("manifest.json has key %s twice in one object", quoted(fmt.Sprint(key)))
		}
		if seen[key] = true; len(seen) > keysLimit {
			return fmt.Sprintf("manifest.json has an object of more than %d keys", keysLimit)
		}
		name, _ := key.(string)
		if depth > 0 {
			name = ""
		}
		if detail := checkValue(d, depth+1, name); detail != "" {
			return detail
		}
	}
	return checkEnd(d)
}

// checkList reads a list to its end. Only that of the files may be long.
func checkList(d *json.Decoder, depth int, files bool) string {
	for n := 0; d.More(); {
		start := d.InputOffset()
		if detail := checkValue(d, depth+1, ""); detail != "" {
			return detail
		}
		// No file is described in fewer bytes than its digest has.
		if files && d.InputOffset()-start > 64 {
			continue
		}
		if n++; n > codesLimit {
			return fmt.Sprintf("manifest.json has a list of more than %d values", codesLimit)
		}
	}
	return checkEnd(d)
}

func checkEnd(d *json.Decoder) string {
	if _, err := d.Token(); err != nil {
		return brokenJSON
	}
	return ""
}
