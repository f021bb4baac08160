package erase

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// Erasure is what is kept of an erasure: a row of ops.erasure.
type Erasure struct {
	ID       uuid.UUID
	At       time.Time
	Who, Why string
	Links    Links
	// Given are the pseudonyms that were asked for, Pseudonyms those that go, linked ones too. LeftOut are those that
	// older links join to them and that stay.
	Given, Pseudonyms, LeftOut uint32
	// RawRows and FactRows are rows of the persons, Messages those of Kafka, of everybody, Files copies of delivered files.
	RawRows, FactRows, Messages uint64
	Files                       uint32
	// Editions are those that change.
	Editions []schemas.Date
}

// The states of an erasure.
const (
	begun = "begun"
	done  = "done"
)

const erasureColumns = "id, at, who, why, links, given, pseudonyms, left_out, raw_rows, fact_rows, messages, files, editions"

// note writes the erasure to the books.
func (e *Erasure) note(ctx context.Context, db *warehouse.DB, status string) error {
	editions := make([]time.Time, len(e.Editions))
	for i, d := range e.Editions {
		editions[i] = d.Time()
	}
	err := db.Exec(ctx, "INSERT INTO ops.erasure ("+erasureColumns+", status) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		e.ID, e.At, e.Who, e.Why, string(e.Links), e.Given, e.Pseudonyms, e.LeftOut, e.RawRows, e.FactRows, e.Messages, e.Files, editions, status)
	if err != nil {
		return fmt.Errorf("noting the erasure: %w", err)
	}
	return nil
}

// Pending gives the erasure that was begun and is not done, nil when there is none.
func Pending(ctx context.Context, db *warehouse.DB) (*Erasure, error) {
	rows, err := db.Query(ctx, "SELECT "+erasureColumns+" FROM ops.erasure FINAL WHERE status = 'begun' ORDER BY at LIMIT 1")
	if err != nil {
		return nil, fmt.Errorf("looking for an erasure that is not done: %w", err)
	}
	defer rows.Close()
	if !rows.Next() {
		return nil, rows.Err()
	}
	e := &Erasure{}
	var links string
	var editions []time.Time
	err = rows.Scan(&e.ID, &e.At, &e.Who, &e.Why, &links, &e.Given, &e.Pseudonyms, &e.LeftOut, &e.RawRows, &e.FactRows, &e.Messages, &e.Files, &editions)
	if err != nil {
		return nil, fmt.Errorf("looking for an erasure that is not done: %w", err)
	}
	e.Links = Links(links)
	for _, t := range editions {
		e.Editions = append(e.Editions, schemas.DateFromTime(t))
	}
	return e, nil
}
