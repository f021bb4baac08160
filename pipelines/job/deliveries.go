package job

import (
	"context"

	"doorstroom/pipelines/delivery"
	"doorstroom/schemas"
)

// Delivery is one that lies in the landing folder, by the names of its folders and the digest of its manifest.
type Delivery struct{ Supplier, ID, ManifestSHA256 string }

// Past is what the warehouse knows of earlier runs.
type Past struct {
	Known *delivery.Known
	// DigestKey is that under which the content of accepted rows is digested; it is needed to read.
	DigestKey schemas.DigestKey
}

// Reader reads the deliveries of one landing folder onto Kafka.
type Reader interface {
	// Pull brings into the landing folder what suppliers have elsewhere.
	Pull(ctx context.Context) error
	// Discover lists the deliveries that are there.
	Discover(ctx context.Context) ([]Delivery, error)
	// Read reads deliveries among those and gives what was found of each, also beside an error about others.
	Read(ctx context.Context, deliveries []Delivery) ([]schemas.Closed, error)
}

// Found are the deliveries of the landing folder, and those among them about which nothing was decided yet.
type Found struct{ All, New []Delivery }

// Look lists the deliveries that are there, without bringing any. Without tables nothing was decided.
func (j *Job) Look(ctx context.Context, tables bool) (Found, error) {
	past := Past{Known: delivery.NothingKnown()}
	if tables {
		err := j.patience().Do(ctx, func(ctx context.Context) (err error) {
			past.Known, err = delivery.Decisions(ctx, j.Warehouse)
			return err
		})
		if err != nil {
			return Found{}, err
		}
	}
	reader, err := j.Deliveries(past)
	if err != nil {
		return Found{}, err
	}
	return discover(ctx, reader, past.Known)
}

// pull brings what suppliers have elsewhere, lists what is there then, and gives what reads it.
func (j *Job) pull(ctx context.Context) (Found, Reader, error) {
	var past Past
	err := j.patience().Do(ctx, func(ctx context.Context) (err error) {
		if past.Known, err = delivery.Decisions(ctx, j.Warehouse); err != nil {
			return err
		}
		past.DigestKey, err = delivery.DigestKey(ctx, j.Warehouse)
		return err
	})
	if err != nil {
		return Found{}, nil, err
	}
	reader, err := j.Deliveries(past)
	if err != nil {
		return Found{}, nil, err
	}
	if err := reader.Pull(ctx); err != nil {
		return Found{}, nil, err
	}
	found, err := discover(ctx, reader, past.Known)
	return found, reader, err
}

func discover(ctx context.Context, reader Reader, known *delivery.Known) (Found, error) {
	all, err := reader.Discover(ctx)
	if err != nil {
		return Found{}, err
	}
	f := Found{All: all}
	for _, d := range all {
		if same, _ := known.Decided(d.Supplier, d.ID, d.ManifestSHA256); !same {
			f.New = append(f.New, d)
		}
	}
	return f, nil
}
