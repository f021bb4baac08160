package schemas

import (
	"fmt"
	"strings"
)

// codesNamed is how many codes of a list are named; of a longer list it is told where it stands.
const codesNamed = 40

// ListsPage is where the long code lists are, for those who deliver.
const ListsPage = `docs/for_suppliers.md, "Code lists"`

// Accepts tells in words which values the contract takes for the field, beyond
// those of its kind; empty when its kind says all.
func (f *Field) Accepts() string {
	switch {
	case f.List != nil && strings.Contains(f.List.Name, ".."): // a range of codes is its own name
		return strings.Replace(f.List.Name, "..", " to ", 1)
	case f.List != nil && f.List.Len() <= codesNamed:
		return "one of " + strings.Join(f.List.Texts(), ", ")
	case f.List != nil:
		return fmt.Sprintf("one of the %d codes of %s (%s)", f.List.Len(), f.listName(), ListsPage)
	case f.MaxChars > 0:
		return fmt.Sprintf("at most %d characters", f.MaxChars)
	case f.Values != "":
		return strings.NewReplacer("..", " to ", "year", "the year", "2 letters", "two capital letters").Replace(f.Values)
	case f.Kind == KindInt32:
		return "a number that fits in 32 bits"
	case f.Kind == KindInt64:
		return "a number that fits in 64 bits"
	}
	return ""
}

func (f *Field) listName() string {
	if f.Kind == KindMunicipality {
		return "the municipalities, abolished ones among them"
	}
	return f.List.Name
}
