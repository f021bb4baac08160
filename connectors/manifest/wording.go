package manifest

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"doorstroom/schemas"
)

// What is wrong with a manifest is told so that whoever wrote the program that
// made it knows what to change: where, what was found, what is expected.

// wordsLimit is how many things wrong with a manifest, or with one of its files, are told at once.
const wordsLimit = 10

// brokenJSON says that a manifest is not JSON; noJSON says more.
const brokenJSON = "manifest.json is not JSON"

// quoted shows a name that a manifest has.
func quoted(name string) string { return `"` + schemas.ShownName([]byte(name)) + `"` }

// wording tells what the schema has against a value that lies at a place.
func wording(e *jsonschema.ValidationError, in []string) string {
	var said []string
	var walk func(*jsonschema.ValidationError)
	walk = func(e *jsonschema.ValidationError) {
		for _, cause := range e.Causes {
			walk(cause)
		}
		if len(e.Causes) == 0 {
			said = append(said, "at /"+strings.Join(append(in, place(e)...), "/")+": "+complaint(e.ErrorKind))
		}
	}
	walk(e)
	slices.SortFunc(said, func(a, b string) int { // the schema's library goes through a map
		placeA, whatA, _ := strings.Cut(a, ": ")
		placeB, whatB, _ := strings.Cut(b, ": ")
		return cmp.Or(cmp.Compare(placeA, placeB), cmp.Compare(whatA, whatB))
	})
	said = said[:min(len(said), wordsLimit)]
	return "not as manifest.schema.json says, " + strings.Join(said, "; ")
}

// complaint words one violation; of values it tells none.
func complaint(k jsonschema.ErrorKind) string {
	switch k := k.(type) {
	case *kind.Required:
		return "no " + strings.Join(k.Missing, ", ")
	case *kind.AdditionalProperties:
		return "a key that no manifest has: " + shownKeys(k.Properties)
	case *kind.Type:
		return fmt.Sprintf("a value of type %s, not %s", k.Got, strings.Join(k.Want, " or "))
	case *kind.Enum:
		return fmt.Sprintf("not one of the values allowed: %s", strings.Trim(fmt.Sprint(k.Want), "[]"))
	case *kind.Pattern:
		if lower := strings.ToLower(k.Got); lower != k.Got && regexp.MustCompile(k.Want).MatchString(lower) {
			return "write it in lower case"
		}
		return "it does not match " + k.Want
	case *kind.Format:
		return "not a " + k.Want + " (yyyy-mm-dd) that exists"
	case *kind.Minimum:
		return "less than " + k.Want.RatString()
	case *kind.MinItems:
		return fmt.Sprintf("a list of fewer than %d", k.Want)
	case *kind.UniqueItems:
		return fmt.Sprintf("values %d and %d of the list are equal", k.Duplicates[0]+1, k.Duplicates[1]+1)
	case *kind.Not:
		return "municipality_codes is there, which only municipalities give"
	}
	return "it breaks the rule " + strings.Join(k.KeywordPath(), "/")
}

func shownKeys(keys []string) string {
	var shown []string
	for _, key := range keys[:min(len(keys), wordsLimit)] {
		shown = append(shown, quoted(key))
	}
	return strings.Join(shown, ", ")
}

// place gives the path of a value that is not as it should be.
func place(e *jsonschema.ValidationError) []string {
	known := e.InstanceLocation
	for i, part := range known {
		if len(part) > 40 {
			return known[:i]
		}
	}
	return known
}

// noText tells of bytes that are no text in UTF-8 without a mark; empty when they are.
func noText(data []byte) string {
	const cure = "write it in UTF-8 without a byte order mark"
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe\x00\x00")), bytes.HasPrefix(data, []byte("\x00\x00\xfe\xff")),
		len(data) > 3 && data[1] == 0 && data[2] == 0, len(data) > 3 && data[0] == 0 && data[1] == 0:
		return "manifest.json is in UTF-32; " + cure
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")),
		len(data) > 1 && (data[0] == 0 || data[1] == 0):
		return "manifest.json is in UTF-16; " + cure
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		return "manifest.json begins with a byte order mark (BOM); " + cure
	case len(bytes.TrimSpace(data)) == 0:
		return "manifest.json is empty"
	}
	return ""
}

// noJSON tells where a text stops being JSON, and why where that is common.
func noJSON(data []byte) string {
	var syntax *json.SyntaxError
	if !errors.As(json.Unmarshal(data, &struct{}{}), &syntax) {
		return brokenJSON
	}
	at := min(max(int(syntax.Offset)-1, 0), len(data)-1)
	line := 1 + bytes.Count(data[:at], []byte("\n"))
	return fmt.Sprintf("%s: line %d: %s", brokenJSON, line, syntaxWords(data[:at], data[at], syntax.Error()))
}

func syntaxWords(before []byte, c byte, otherwise string) string {
	before = bytes.TrimRight(before, " \t\r\n")
	switch {
	case strings.HasPrefix(otherwise, "unexpected end"):
		return "it breaks off"
	case (c == '}' || c == ']') && bytes.HasSuffix(before, []byte(",")):
		return "a comma behind the last value"
	case c == '\'':
		return "a single quote; names and texts stand between double quotes"
	case c == '/' || c == '#':
		return "a comment, which JSON does not have"
	case c == '"' || c == '{' || c == '[':
		return "a comma or colon is missing"
	}
	return "a character that does not belong there"
}
