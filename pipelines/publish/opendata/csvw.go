package opendata

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	"doorstroom/pipelines/publish"
	"doorstroom/pipelines/publish/catalogue"
)

func (w *files) csv(t publish.Table) error {
	var text bytes.Buffer
	if err := t.WriteCSV(&text, w.release.Release); err != nil {
		return err
	}
	return w.file(t.Entry.Name+".csv", text.Bytes())
}

// The shapes of CSVW, https://www.w3.org/TR/tabular-metadata/.
type csvwTable struct {
	Context     []any      `json:"@context"`
	URL         string     `json:"url"`
	Title       []word     `json:"dc:title"`
	Description []word     `json:"dc:description"`
	Issued      string     `json:"dc:issued"`
	Schema      csvwSchema `json:"tableSchema"`
}

type csvwSchema struct {
	Columns    []csvwColumn `json:"columns"`
	PrimaryKey []string     `json:"primaryKey"`
}

type csvwColumn struct {
	Name        string            `json:"name"`
	Titles      map[string]string `json:"titles"`
	Datatype    any               `json:"datatype"`
	Required    bool              `json:"required"`
	Description string            `json:"dc:description,omitempty"`
}

// word is a text in one language, as JSON-LD writes it.
type word struct {
	Value    string `json:"@value"`
	Language string `json:"@language"`
}

func words(t catalogue.Text) []word { return []word{{t.NL, "nl"}, {t.EN, "en"}} }

// titles of columns that every table has.
var common = map[string]catalogue.Text{
	"release":     {NL: "publicatie", EN: "release"},
	"value":       {NL: "aantal", EN: "value"},
	"denominator": {NL: "aantal van iedereen", EN: "value of everybody"},
	"share":       {NL: "aandeel", EN: "share"},
	"status":      {NL: "status", EN: "status"},
	"unit":        {NL: "eenheid", EN: "unit"},
}

const statusMeaning = "published: the figure; suppressed: not published, to protect people; not_applicable: there is nobody to ask it of; not_yet: it cannot be known yet"

// csvw describes the CSV file of a table.
func (w *files) csvw(t publish.Table) error {
	key := append([]string{"release"}, t.Entry.Columns()...)
	meta := csvwTable{
		Context: []any{"http://www.w3.org/ns/csvw", map[string]string{"@language": "nl"}}, URL: t.Entry.Name + ".csv",
		Title: words(t.Entry.Title), Description: words(w.description(t.Entry)), Issued: w.release.ReleasedAt.UTC().Format(time.RFC3339),
		Schema: csvwSchema{PrimaryKey: key},
	}
	for _, name := range key {
		meta.Schema.Columns = append(meta.Schema.Columns, w.column(name, "string", true, ""))
	}
	meta.Schema.Columns = append(meta.Schema.Columns,
		w.column("value", "nonNegativeInteger", false, ""), w.column("denominator", "nonNegativeInteger", false, ""),
		w.column("share", "double", false, "value / denominator, of the published figures"),
		w.column("status", map[string]string{"base": "string", "format": "published|suppressed|not_applicable|not_yet"}, true, statusMeaning),
		w.column("unit", "string", true, ""))
	return w.json(t.Entry.Name+".csv-metadata.json", meta)
}

func (w *files) column(name string, datatype any, required bool, description string) csvwColumn {
	title, ok := common[name]
	if !ok {
		title = w.catalogue.Dimensions[name]
	}
	return csvwColumn{Name: name, Titles: map[string]string{"nl": title.NL, "en": title.EN}, Datatype: datatype, Required: required, Description: description}
}

// description is the definition of an entry, and what its protection does to the figures.
func (w *files) description(e *catalogue.Entry) catalogue.Text {
	base := w.catalogue.Base
	return catalogue.Text{
		NL: fmt.Sprintf("%s Getallen zijn ieder apart afgerond op %d, dus totalen kunnen afwijken van de som. Kleine getallen zijn niet gepubliceerd, om mensen te beschermen.", e.Definition.NL, base),
		EN: fmt.Sprintf("%s Figures are rounded to multiples of %d, each by itself, so that totals need not add up. Small figures are not published, to protect people.", e.Definition.EN, base),
	}
}

// json finishes a file of JSON, with a line for each value.
func (w *files) json(name string, of any) error {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(of); err != nil {
		return err
	}
	return w.file(name, text.Bytes())
}
