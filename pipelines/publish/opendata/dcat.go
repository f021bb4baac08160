package opendata

import (
	"time"

	"doorstroom/pipelines/publish"
)

// The shapes of DCAT-AP-NL 3.0, https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/, as JSON-LD.
type (
	dcatCatalogue struct {
		Context     map[string]string `json:"@context"`
		Type        string            `json:"@type"`
		Title       []word            `json:"dct:title"`
		Description []word            `json:"dct:description"`
		Publisher   dcatAgent         `json:"dct:publisher"`
		Language    []reference       `json:"dct:language"`
		Datasets    []dcatDataset     `json:"dcat:dataset"`
	}
	dcatAgent struct {
		Type string `json:"@type"`
		ID   string `json:"@id"`
		Name []word `json:"foaf:name"`
	}
	dcatContact struct {
		Type  string    `json:"@type"`
		Name  string    `json:"vcard:fn"`
		Email reference `json:"vcard:hasEmail"`
	}
	dcatDataset struct {
		Type          string         `json:"@type"`
		Identifier    string         `json:"dct:identifier"`
		Title         []word         `json:"dct:title"`
		Description   []word         `json:"dct:description"`
		Publisher     reference      `json:"dct:publisher"`
		Creator       reference      `json:"dct:creator"`
		Contact       dcatContact    `json:"dcat:contactPoint"`
		Access        reference      `json:"dct:accessRights"`
		Theme         reference      `json:"dcat:theme"`
		Version       string         `json:"dcat:version"`
		Issued        date           `json:"dct:issued"`
		Language      []reference    `json:"dct:language"`
		Distributions []distribution `json:"dcat:distribution"`
	}
	distribution struct {
		Type      string     `json:"@type"`
		Title     []word     `json:"dct:title"`
		Access    reference  `json:"dcat:accessURL"`
		Download  reference  `json:"dcat:downloadURL"`
		Licence   reference  `json:"dct:license"`
		Format    reference  `json:"dct:format"`
		Media     reference  `json:"dcat:mediaType"`
		Described *reference `json:"dct:conformsTo,omitempty"`
	}
	reference struct {
		ID string `json:"@id"`
	}
	date struct {
		Type  string `json:"@type"`
		Value string `json:"@value"`
	}
)

const (
	authority  = "http://publications.europa.eu/resource/authority/"
	mediaTypes = "http://www.iana.org/assignments/media-types/"
)

var languages = []reference{{authority + "language/NLD"}, {authority + "language/ENG"}}

// dcat describes all files of the release. Addresses of files are relative to the description.
func (w *files) dcat() error {
	p := w.catalogue.Publisher
	all := dcatCatalogue{
		Context: map[string]string{
			"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
			"vcard": "http://www.w3.org/2006/vcard/ns#", "xsd": "http://www.w3.org/2001/XMLSchema#",
		},
		Type:        "dcat:Catalog",
		Title:       []word{{"Van azc naar werk", "nl"}, {"From azc to work", "en"}},
		Description: []word{{"Hoe statushouders van het azc naar duurzaam betaald werk gaan.", "nl"}, {"How statushouders move from azc to sustained paid work.", "en"}},
		Publisher:   dcatAgent{Type: "foaf:Agent", ID: p.URI, Name: words(p.Name)},
		Language:    languages,
	}
	for _, t := range w.tables {
		all.Datasets = append(all.Datasets, w.dataset(t))
	}
	return w.json("dcat.jsonld", all)
}

func (w *files) dataset(t publish.Table) dcatDataset {
	p := w.catalogue.Publisher
	return dcatDataset{
		Type: "dcat:Dataset", Identifier: t.Entry.Name, Title: words(t.Entry.Title), Description: words(w.description(t.Entry)),
		Publisher: reference{p.URI}, Creator: reference{p.URI},
		Contact: dcatContact{Type: "vcard:Kind", Name: p.Name.NL, Email: reference{p.Email}},
		Access:  reference{authority + "access-right/PUBLIC"}, Theme: reference{authority + "data-theme/SOCI"},
		Version: w.release.Release, Issued: date{"xsd:dateTime", w.release.ReleasedAt.UTC().Format(time.RFC3339)}, Language: languages,
		Distributions: []distribution{
			w.distribution(t.Entry.Name+".csv", "CSV", "text/csv", &reference{t.Entry.Name + ".csv-metadata.json"}),
			w.distribution(t.Entry.Name+".parquet", "PARQUET", "application/vnd.apache.parquet", nil),
		},
	}
}

func (w *files) distribution(name, format, media string, described *reference) distribution {
	return distribution{
		Type: "dcat:Distribution", Title: []word{{name, "nl"}}, Access: reference{name}, Download: reference{name},
		Licence: reference{w.catalogue.Publisher.Licence}, Format: reference{authority + "file-type/" + format}, Media: reference{mediaTypes + media}, Described: described,
	}
}
