package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sort"
)

// manifest is what the interface needs of a delivery's manifest.json.
type manifest struct {
	ID         string `json:"delivery_id"`
	DrawnOn    string `json:"drawn_on"`
	CoversFrom string `json:"covers_from"`
	CoversTo   string `json:"covers_to"`
	Mode       string `json:"mode"`
	Contract   string `json:"contract_version"`
	KeyVersion int    `json:"key_version"`
	Synthetic  bool   `json:"synthetic"`
	Files      []struct {
		Name   string `json:"name"`
		Record string `json:"record"`
		Rows   int    `json:"rows"`
	} `json:"files"`
}

// extract is an entry of the list of extracts.
type extract struct {
	ID         string `json:"extract_id"`
	DrawnOn    string `json:"drawn_on"`
	CoversFrom string `json:"covers_from"`
	CoversTo   string `json:"covers_to"`
	Mode       string `json:"mode"`
	Contract   string `json:"contract_version"`
	KeyVersion int    `json:"key_version"`
	// Synthetic is more than the interface asks for: made-up persons stay told as such on this way too.
	Synthetic bool     `json:"synthetic,omitempty"`
	Records   []record `json:"records"`
}

type record struct {
	Record string `json:"record"`
	Total  int    `json:"total"`
}

// readExtracts lists the deliveries of a supplier's folder that have a manifest, oldest first. Without a folder there are none.
func readExtracts(dir string) ([]extract, error) {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("list the extracts: %w", err)
	}
	list := []extract{}
	for _, e := range entries {
		m, err := readManifest(filepath.Join(dir, e.Name()))
		if errors.Is(err, os.ErrNotExist) {
			continue // not ready
		}
		if err != nil {
			return nil, err
		}
		list = append(list, m.extract())
	}
	sort.Slice(list, func(i, j int) bool {
		if list[i].DrawnOn != list[j].DrawnOn {
			return list[i].DrawnOn < list[j].DrawnOn
		}
		return list[i].ID < list[j].ID
	})
	return list, nil
}

func readManifest(dir string) (*manifest, error) {
	text, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if err != nil {
		return nil, fmt.Errorf("read a manifest: %w", err)
	}
	var m manifest
	if err := json.Unmarshal(text, &m); err != nil {
		return nil, fmt.Errorf("read a manifest: %w", err)
	}
	return &m, nil
}

func (m *manifest) extract() extract {
	x := extract{ID: m.ID, DrawnOn: m.DrawnOn, CoversFrom: m.CoversFrom, CoversTo: m.CoversTo, Mode: m.Mode, Contract: m.Contract, KeyVersion: m.KeyVersion, Synthetic: m.Synthetic}
	at := map[string]int{}
	for _, f := range m.Files {
		i, seen := at[f.Record]
		if !seen {
			i = len(x.Records)
			at[f.Record] = i
			x.Records = append(x.Records, record{Record: f.Record})
		}
		x.Records[i].Total += f.Rows
	}
	return x
}
