package source

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// readIndex reads index.json name by name; other keys are left alone.
func readIndex(d *json.Decoder) (names []string, err error) {
	if err := expect(d, json.Delim('{')); err != nil {
		return nil, err
	}
	found := false
	for d.More() {
		key, err := d.Token()
		switch {
		case err != nil:
			return nil, noIndex(err)
		case key == "deliveries" && !found:
			found = true
			names, err = readNames(d)
		default:
			var other json.RawMessage
			err = noIndex(d.Decode(&other))
		}
		if err != nil {
			return nil, err
		}
	}
	if err := expect(d, json.Delim('}')); err != nil {
		return nil, err
	}
	if !found {
		return nil, noIndex(errors.New("no deliveries"))
	}
	return names, nil
}

func readNames(d *json.Decoder) (names []string, err error) {
	if err := expect(d, json.Delim('[')); err != nil {
		return nil, err
	}
	for d.More() {
		var name string
		if err := d.Decode(&name); err != nil {
			return nil, noIndex(err)
		}
		if names = append(names, name); len(names) > namesLimit {
			return nil, errManyNames
		}
	}
	return names, expect(d, json.Delim(']'))
}

func expect(d *json.Decoder, want json.Token) error {
	got, err := d.Token()
	if err == nil && got != want {
		err = errors.New("another token")
	}
	return noIndex(err)
}

// noIndex tells an index.json that ends too soon, which may be whole the next time, from one that is none.
func noIndex(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("index.json broke off: %w", io.ErrUnexpectedEOF)
	}
	return &hopeless{errors.New(`index.json is not {"deliveries": ["name", ...]}`)}
}
