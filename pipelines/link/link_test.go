package link_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"doorstroom/pipelines/link"
	"doorstroom/schemas"
)

// text pads a short word of the alphabet to a pseudonym; the last character may carry two zero bits only.
func text(word string) string { return word + strings.Repeat("a", 26-len(word)) }

func pseudonym(t testing.TB, word string) schemas.Pseudonym {
	t.Helper()
	if word == "" {
		return schemas.Pseudonym{}
	}
	p, ok := schemas.ParsePseudonym([]byte(text(word)))
	if !ok {
		t.Fatalf("%q is not a pseudonym", word)
	}
	return p
}

// pair is one record's pseudonyms and its supplier.
type pair struct{ v, b, from string }

func resolve(t testing.TB, pairs []pair) *link.Persons {
	t.Helper()
	var g link.Graph
	for _, p := range pairs {
		g.Add(pseudonym(t, p.v), pseudonym(t, p.b), link.SupplierBit(p.from))
	}
	return g.Persons()
}

// render writes the persons and, per person, its pseudonyms.
func render(p *link.Persons) string {
	members := make([][]string, p.Len())
	p.Each(func(kind link.Kind, key [16]byte, person uint32) {
		word := strings.TrimRight(schemas.Pseudonym{Key: key, Valid: true}.Text(), "a")
		members[person] = append(members[person], string("vb"[kind])+":"+word)
	})
	var out strings.Builder
	for i := range p.IDs {
		sortStrings(members[i])
		fmt.Fprintf(&out, "%s %s %s\n", strings.TrimRight(string(p.IDs[i][:]), "a"), p.Linkages[i], strings.Join(members[i], ","))
	}
	for _, c := range p.Conflicts {
		fmt.Fprintf(&out, "conflict %s %s %s\n", strings.TrimRight(string(c.Set[:]), "a"), strings.TrimRight(string(c.Pseudonym[:]), "a"), strings.Join(c.Suppliers, ","))
	}
	return out.String()
}

func sortStrings(s []string) {
	for i := range s {
		for j := i; j > 0 && s[j] < s[j-1]; j-- {
			s[j], s[j-1] = s[j-1], s[j]
		}
	}
}

func TestPersons(t *testing.T) {
	for name, test := range map[string]struct {
		pairs []pair
		want  string
	}{
		"nothing":                            {nil, ""},
		"only V":                             {[]pair{{"x", "", "coa"}}, "vx v_only v:x\n"},
		"only B":                             {[]pair{{"", "x", "uwv"}}, "bx b_only b:x\n"},
		"linked":                             {[]pair{{"x", "y", "municipality"}, {"", "y", "uwv"}}, "vx linked b:y,v:x\n"},
		"same text twice":                    {[]pair{{"x", "", "coa"}, {"", "x", "uwv"}}, "bx b_only b:x\nvx v_only v:x\n"},
		"V linked to the B of the same text": {[]pair{{"x", "x", "coa"}}, "vx linked b:x,v:x\n"},
		"two V, one B: the smallest V":       {[]pair{{"y", "q", "coa"}, {"x", "q", "municipality"}}, "vx linked b:q,v:x,v:y\n"},
		"digits come before letters":         {[]pair{{"b", "q", "coa"}, {"7", "q", "coa"}, {"", "c", "coa"}, {"", "2", "coa"}}, "b2 b_only b:2\nbc b_only b:c\nv7 linked b:q,v:7,v:b\n"},
		"one V, two B": {
			[]pair{{"x", "q", "municipality"}, {"x", "p", "uwv"}, {"", "q", "duo"}, {"x", "", "coa"}},
			"bp conflict b:p\nbq conflict b:q\nvx conflict v:x\n" +
				"conflict bp bp uwv\nconflict bp bq duo,municipality\nconflict bp vx coa,municipality,uwv\n",
		},
		"a chain of V and B with two B": {
			[]pair{{"x", "q", "coa"}, {"y", "q", "coa"}, {"y", "p", "coa"}, {"z", "r", "coa"}},
			"bp conflict b:p\nbq conflict b:q\nvx conflict v:x\nvy conflict v:y\nvz linked b:r,v:z\n" +
				"conflict bp bp coa\nconflict bp bq coa\nconflict bp vx coa\nconflict bp vy coa\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			if got := render(resolve(t, test.pairs)); got != test.want {
				t.Errorf("got\n%swant\n%s", got, test.want)
			}
		})
	}
}

func TestAnyOrderGivesTheSamePersons(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	words := []string{"b", "c", "d", "e", "2", "3", "y", "z", ""}
	for range 200 {
		pairs := make([]pair, 12)
		for i := range pairs {
			pairs[i] = pair{words[rnd.IntN(len(words))], words[rnd.IntN(len(words))], schemas.Suppliers[rnd.IntN(5)]}
		}
		want := render(resolve(t, pairs))
		rnd.Shuffle(len(pairs), func(i, j int) { pairs[i], pairs[j] = pairs[j], pairs[i] })
		if got := render(resolve(t, append(pairs, pairs[0]))); got != want {
			t.Fatalf("another order gives\n%sinstead of\n%s", got, want)
		}
	}
}

func TestPersonsRedactThemselves(t *testing.T) {
	p := resolve(t, []pair{{"x", "", "coa"}})
	for _, s := range []string{fmt.Sprint(p.IDs[0]), fmt.Sprintf("%v %#v", p.IDs, p.IDs[0])} {
		if strings.Contains(s, "xaa") {
			t.Error("a person_id prints itself")
		}
	}
}
