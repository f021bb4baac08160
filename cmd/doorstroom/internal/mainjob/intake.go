package mainjob

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"

	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/connectors"
	"doorstroom/connectors/publish"
	"doorstroom/pipelines/job"
	"doorstroom/schemas"
)

// open gives what reads the deliveries of the landing folder, with the connectors.
func (o *Options) open(past job.Past) (job.Reader, error) {
	apis, err := o.Settings.Interfaces()
	if err != nil {
		return nil, err
	}
	folders, err := o.Settings.FoldersElsewhere()
	if err != nil {
		return nil, err
	}
	publisher := publish.New(publish.Options{Brokers: o.Engines.Kafka.Brokers, Transport: o.Engines.Kafka.Transport(), Registry: o.Engines.Registry.Client, Log: o.Log})
	return &reader{landing: o.Landing, found: make(map[job.Delivery]connectors.Delivery), connectors: connectors.New(connectors.Options{
		Publisher: publisher, Known: past.Known, DigestKey: past.DigestKey, KeyVersions: o.Settings.KeyVersions, APIs: apis, Folders: folders,
		Workers: o.Settings.Workers, Log: o.Log, Progress: o.Progress.Set,
	})}, nil
}

// reader is a job.Reader by the connectors.
type reader struct {
	connectors *connectors.Reader
	landing    string
	found      map[job.Delivery]connectors.Delivery
}

// Pull implements job.Reader.
func (r *reader) Pull(ctx context.Context) error {
	err := r.connectors.Pull(ctx, r.landing)
	var unreachable *net.OpError
	if errors.As(err, &unreachable) {
		return exit.Environment(fmt.Errorf("%w; is the service up, and its DOORSTROOM_..._URL right ('doorstroom doctor' looks)", err))
	}
	return err
}

// Discover implements job.Reader.
func (r *reader) Discover(ctx context.Context) ([]job.Delivery, error) {
	all, err := r.connectors.Discover(ctx, r.landing)
	var unreadable *fs.PathError
	if errors.As(err, &unreadable) {
		return nil, exit.Environment(err)
	}
	if err != nil {
		return nil, err
	}
	list := make([]job.Delivery, len(all))
	for i, d := range all {
		list[i] = job.Delivery{Supplier: d.Supplier, ID: d.ID, ManifestSHA256: d.ManifestSHA256}
		r.found[list[i]] = d
	}
	return list, nil
}

// Read implements job.Reader.
func (r *reader) Read(ctx context.Context, deliveries []job.Delivery) ([]schemas.Closed, error) {
	list := make([]connectors.Delivery, len(deliveries))
	for i, d := range deliveries {
		list[i] = r.found[d]
	}
	return r.connectors.Read(ctx, list)
}
