package connectors

import "doorstroom/schemas"

// sink takes the records of one part of a file: it validates them, counts them
// and puts them on their topic.
type sink struct {
	stream  stream
	out     writer
	record  *schemas.Record
	context *schemas.Context
	file    string
	at      schemas.Position
	// digestKey is that of the content of rows.
	digestKey schemas.DigestKey
	// counted are the fields of which it is counted how many rows fill them.
	counted uint32
	// sightingKey digests what names a row.
	sightingKey schemas.DigestKey
	// sightings take what names each row, in a full delivery; nil in others.
	sightings *sightings
	seen      []sighting
	// controlField is the field that the manifest's control total sums, -1 for none.
	controlField int
	// lastRow is the last record that is more than counted.
	lastRow int64
	aside   *allowance

	counts
	key, message []byte
}

// take implements decode.Emit.
func (s *sink) take(row schemas.Row, whole schemas.Rule) error {
	s.rows++
	at := s.at
	s.at.RowNo++
	if at.RowNo > s.lastRow {
		return nil
	}
	if s.controlField >= 0 && (whole == "" || whole == schemas.BadEncoding) {
		// Before validation, which forgets what it does not read of a V record.
		s.control.add(row.Number(s.controlField))
	}
	if whole != "" {
		s.quarantined++
		return s.putAside(at.RowNo, schemas.Violation{Field: -1, Rule: whole})
	}
	s.delivered |= row.Present()
	if violations := row.Validate(s.context); len(violations) > 0 {
		s.quarantined++
		return s.putAside(at.RowNo, violations...)
	}
	s.accept(at.RowNo)
	s.fill(row.Present() & s.counted)
	s.message = row.AppendStored(s.message[:0], at)
	s.content.Add(s.digestKey.Of(s.message))
	if err := s.note(row, at); err != nil {
		return err
	}
	if s.controlField >= 0 {
		// After validation: what it forgot is not in the raw table either.
		s.controlAccepted.add(row.Number(s.controlField))
	}
	s.message = row.AppendAvro(s.stream.Frame(s.message[:0]), at)
	s.key = row.MessageKey().AppendText(s.key[:0])
	key := s.key
	if len(key) == 0 {
		key = row.ID()
	}
	return kafkaError(s.stream.Send(key, s.message))
}

// seenRows is how many rows are noted together.
const seenRows = 1024

// note keeps what names the row, to find records that come twice.
func (s *sink) note(row schemas.Row, at schemas.Position) error {
	if s.sightings == nil {
		return nil
	}
	s.key = row.AppendKey(s.key[:0])
	s.seen = append(s.seen, sighting{s.sightingKey.Of(s.key), uint32(at.FileNo), uint64(at.RowNo)})
	if len(s.seen) < seenRows {
		return nil
	}
	return s.done()
}

// done hands on the rows that were noted last.
func (s *sink) done() error {
	if s.sightings == nil || len(s.seen) == 0 {
		return nil
	}
	err := s.sightings.add(s.seen)
	s.seen = s.seen[:0]
	return err
}

// putAside writes one quarantine entry per broken field, as long as there may be more.
func (s *sink) putAside(row int64, violations ...schemas.Violation) error {
	kept := s.aside.take()
	if !kept {
		s.withheld++
	}
	for _, v := range violations {
		if s.broken.add(v); !kept {
			continue
		}
		q := schemas.Quarantined{LoadID: s.at.LoadID, Record: s.record.Name, File: s.file, Row: row, Rule: v.Rule}
		if v.Field >= 0 {
			q.Field = s.record.Fields[v.Field].Name
		}
		if err := s.out.putAside(q); err != nil {
			return kafkaError(err)
		}
	}
	return nil
}

// stopError is an error that ends the whole run: without Kafka there is no next delivery.
type stopError struct{ error }

// Unwrap gives the error itself.
func (e stopError) Unwrap() error { return e.error }

func kafkaError(err error) error {
	if err == nil {
		return nil
	}
	return stopError{err}
}
