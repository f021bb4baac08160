package lineage

import (
	"reflect"
	"slices"
	"testing"

	"doorstroom/pipelines/route"
	"doorstroom/schemas"
)

// fillPerson gives every list of records of a person two of them.
func fillPerson(p *route.Person) (lists []string) {
	v := reflect.ValueOf(p).Elem()
	for i := range v.NumField() {
		if v.Field(i).Kind() == reflect.Slice {
			v.Field(i).Set(reflect.MakeSlice(v.Field(i).Type(), 2, 2))
			lists = append(lists, v.Type().Field(i).Name)
		}
	}
	return lists
}

// TestSingleKeepsOneRecord: of every record that there is, one of its own list and nothing else.
func TestSingleKeepsOneRecord(t *testing.T) {
	p := &route.Person{}
	lists := fillPerson(p)
	var kept []string
	for _, r := range schemas.Records {
		one, found := reflect.ValueOf(p.Only(r.Name, 1)).Elem(), 0
		for _, name := range lists {
			list := one.FieldByName(name)
			if list.Len() == 0 {
				continue
			}
			found += list.Len()
			kept = append(kept, name)
			if whole := reflect.ValueOf(p).Elem().FieldByName(name); list.Index(0).Addr().Pointer() != whole.Index(1).Addr().Pointer() {
				t.Errorf("%s: another record than the second is kept", r.Name)
			}
		}
		if found != 1 {
			t.Errorf("%s: %d records are kept", r.Name, found)
		}
	}
	slices.Sort(kept)
	slices.Sort(lists)
	if !slices.Equal(kept, lists) {
		t.Errorf("records are kept in the lists %v, and a person has %v", kept, lists)
	}
}

func TestWithoutExam(t *testing.T) {
	p := &route.Person{Exams: []route.Exam{{Part: "LE"}, {Part: "LU"}, {Part: "SC"}}, Permits: make([]route.Permit, 1)}
	for n, want := range [][]string{{"LU", "SC"}, {"LE", "SC"}, {"LE", "LU"}} {
		var got []string
		other := withoutExam(p, n)
		for _, e := range other.Exams {
			got = append(got, e.Part)
		}
		if !slices.Equal(got, want) || len(other.Permits) != 1 {
			t.Errorf("without exam %d: %v, want %v", n, got, want)
		}
	}
	if p.Exams[0].Part != "LE" || p.Exams[1].Part != "LU" || p.Exams[2].Part != "SC" {
		t.Errorf("the exams of the person changed: %v", p.Exams)
	}
}
