package source

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"

	"doorstroom/connectors/manifest"
)

// extract is one entry of /v1/extracts.
type extract struct {
	ID              string           `json:"extract_id"`
	DrawnOn         string           `json:"drawn_on"`
	CoversFrom      string           `json:"covers_from"`
	CoversTo        string           `json:"covers_to"`
	Mode            string           `json:"mode"`
	ContractVersion string           `json:"contract_version"`
	KeyVersion      manifest.Integer `json:"key_version"`
	Synthetic       bool             `json:"synthetic"`
	Records         []struct {
		Record string `json:"record"`
	} `json:"records"`
}

// Names of a supplier become names of folders and files: nothing else may.
var (
	extractID  = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,62}$`)
	recordName = regexp.MustCompile(`^[a-z0-9][a-z0-9_]{0,59}$`)
)

const (
	// listLimit and extractsLimit bound the list of extracts, in bytes and in number.
	listLimit, extractsLimit = 32 << 20, 100_000
	// extractLimit is how many bytes one of them may take; it has eight short values.
	extractLimit = 64 << 10
)

func (c *client) extracts(ctx context.Context) (list []extract, err error) {
	err = c.get(ctx, []string{"v1", "extracts"}, nil, func(body io.Reader) error {
		list, err = readExtracts(json.NewDecoder(io.LimitReader(body, listLimit)))
		return err
	})
	return list, err
}

// readExtracts reads a list one by one: a list of nothing, as one value, takes a
// hundred times its bytes.
func readExtracts(d *json.Decoder) (list []extract, err error) {
	bad := errors.New("the list of extracts is not as the interface says, or longer than any should be")
	if open, err := d.Token(); err != nil || open != json.Delim('[') {
		return nil, bad
	}
	for d.More() {
		var text json.RawMessage
		if err := d.Decode(&text); err != nil {
			return nil, bad
		}
		if len(text) > extractLimit {
			return nil, fmt.Errorf("extract %d of the list takes more than %d bytes", len(list)+1, extractLimit)
		}
		var e extract
		if err := json.Unmarshal(text, &e); err != nil {
			return nil, bad
		}
		if list = append(list, e); len(list) > extractsLimit {
			return nil, fmt.Errorf("the list has more than %d extracts", extractsLimit)
		}
	}
	if _, err := d.Token(); err != nil {
		return nil, bad
	}
	return list, nil
}

// fault gives what keeps an extract from being fetched; empty when nothing does.
func (e *extract) fault() string {
	seen := map[string]bool{}
	for _, r := range e.Records {
		if !recordName.MatchString(r.Record) {
			return "it names a record that cannot be one"
		}
		if seen[r.Record] {
			return "it names a record twice"
		}
		seen[r.Record] = true
	}
	return ""
}
