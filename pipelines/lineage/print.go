package lineage

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"doorstroom/pipelines/versions"
	"doorstroom/schemas"
)

// Print writes the route as text: who, the timeline with the rows behind every
// fact, the rows that lost, and the files with their hashes. It is person data.
func (r *Route) Print(w io.Writer) error {
	out := bufio.NewWriter(w)
	names := r.nameFiles()
	fmt.Fprintf(out, "person %s in edition %s (definitions %s, months up to %s)\n", r.personID, r.Edition.CutOff, r.Edition.DefinitionVersion, orNone(r.Edition.GridEnd))
	fmt.Fprintf(out, "linkage %s; pseudonyms %s\n", r.linkage, strings.Join(r.members, ", "))
	r.printLinks(out, names)
	fmt.Fprintln(out, "\nwhat is known of the person")
	printEvents(out, r.person, names)
	fmt.Fprintln(out, "\ntimeline")
	printEvents(out, r.timeline, names)
	r.printLost(out, names)
	if len(r.unused) > 0 {
		fmt.Fprintf(out, "\nhold, but give no fact above by themselves: %s\n", names.rows(r.unused))
	}
	r.printFiles(out, names)
	return out.Flush()
}

func orNone(d schemas.Date) string {
	if d == 0 {
		return "none: no wages"
	}
	return d.String()
}

func (r *Route) printLinks(out io.Writer, names fileNames) {
	if len(r.links) == 0 {
		return
	}
	if len(r.conflict) == 0 {
		fmt.Fprintf(out, "linked by %s\n", names.rows(r.links))
		return
	}
	fmt.Fprintf(out, "conflict %s: several B are linked, so none of these links is used: %s\n", string(r.conflict[0].Set[:]), names.rows(r.links))
	for _, c := range r.conflict {
		fmt.Fprintf(out, "  %s, held by %s: %s\n", string(c.Pseudonym[:]), strings.Join(c.Suppliers, ", "), names.rows(r.carriedBy[string(c.Pseudonym[:])]))
	}
}

func printEvents(out io.Writer, events []event, names fileNames) {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, e := range events {
		days := e.from.String()
		if e.to != 0 {
			days += " - " + e.to.String()
		}
		fmt.Fprintf(table, "  %s\t%s\t%s\t%s\n", days, e.fact, e.text, names.rows(e.rows))
	}
	_ = table.Flush() // into a bufio.Writer, which keeps the error
}

func (r *Route) printLost(out io.Writer, names fileNames) {
	if len(r.lost) == 0 {
		return
	}
	fmt.Fprintln(out, "\ndoes not hold")
	for _, l := range r.lost {
		fmt.Fprintf(out, "  %s: %s", names.rows([]*versions.Version{l.Version}), l.Why)
		if l.By != nil {
			fmt.Fprintf(out, ", see %s", names.rows([]*versions.Version{l.By}))
		}
		fmt.Fprintln(out)
	}
}

func (r *Route) printFiles(out io.Writer, names fileNames) {
	fmt.Fprintln(out, "\nfiles")
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for n, k := range names.order {
		l := r.loads[k.load]
		mode := "mutation"
		if l.Full {
			mode = "full"
		}
		since := ""
		if l.Withdrawn {
			since = ", withdrawn since"
		}
		fmt.Fprintf(table, "  [%d]\t%s/%s\t%s, drawn %s%s\t%s\tsha256 %s\n", n+1, l.Supplier, l.DeliveryID, mode, l.DrawnOn, since, r.files[k].name, r.files[k].sha256)
	}
	_ = table.Flush()
}

// fileNames numbers the files that are named, from 1.
type fileNames struct {
	order  []fileKey
	number map[fileKey]int
}

// nameFiles numbers them in the order of the deliveries.
func (r *Route) nameFiles() fileNames {
	names := fileNames{number: make(map[fileKey]int)}
	for _, v := range sorted(r.rows()) {
		if names.number[fileOf(v)] == 0 {
			names.order = append(names.order, fileOf(v))
			names.number[fileOf(v)] = len(names.order)
		}
	}
	return names
}

func sorted(rows []*versions.Version) []*versions.Version {
	rows = slices.Clone(rows)
	slices.SortFunc(rows, versions.CompareVersions)
	return slices.Compact(rows)
}

// rows writes rows as "record id [file] row n"; many of one file as "record [file] rows n-m, o".
func (n fileNames) rows(rows []*versions.Version) string {
	if len(rows) == 0 {
		return "-"
	}
	var parts []string
	list := sorted(rows)
	for len(list) > 0 {
		to := 1
		for to < len(list) && fileOf(list[to]) == fileOf(list[0]) && list[to].Record == list[0].Record {
			to++
		}
		parts = append(parts, n.ofFile(list[:to]))
		list = list[to:]
	}
	return strings.Join(parts, "; ")
}

func (n fileNames) ofFile(rows []*versions.Version) string {
	first := rows[0]
	if len(rows) == 1 {
		return fmt.Sprintf("%s %s [%d] row %d", first.Record.Name, first.ID, n.number[fileOf(first)], first.Place.Row)
	}
	var ranges []string
	for i := 0; i < len(rows); {
		j := i
		for j+1 < len(rows) && rows[j+1].Place.Row == rows[j].Place.Row+1 {
			j++
		}
		if i == j {
			ranges = append(ranges, fmt.Sprint(rows[i].Place.Row))
		} else {
			ranges = append(ranges, fmt.Sprintf("%d-%d", rows[i].Place.Row, rows[j].Place.Row))
		}
		i = j + 1
	}
	return fmt.Sprintf("%s [%d] rows %s", first.Record.Name, n.number[fileOf(first)], strings.Join(ranges, ", "))
}
