package speccase

import "doorstroom/pipelines/route"

// record is one record of the contract in a Person.
type record struct {
	name string
	add  func(*route.Person) []field   // appends a row with the defaults
	rows func(*route.Person) [][]field // those that are there
}

// recordOf binds a record to its rows in a Person.
func recordOf[T any](name string, rows func(*route.Person) *[]T, defaults T, fields func(*T) []field) record {
	return record{
		name: name,
		add: func(p *route.Person) []field {
			all := rows(p)
			*all = append(*all, defaults)
			return fields(&(*all)[len(*all)-1])
		},
		rows: func(p *route.Person) [][]field {
			var out [][]field
			for i := range *rows(p) {
				out = append(out, fields(&(*rows(p))[i]))
			}
			return out
		},
	}
}

func recordNamed(name string) (record, bool) {
	for _, r := range records {
		if r.name == name {
			return r, true
		}
	}
	return record{}, false
}
