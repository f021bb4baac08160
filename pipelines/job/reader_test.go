package job_test

import (
	"context"

	"doorstroom/connectors"
	"doorstroom/connectors/publish"
	"doorstroom/pipelines/job"
	"doorstroom/schemas"
)

// reader is the connectors' own, over the landing folder of a world.
func (w *world) reader(past job.Past) job.Reader {
	e := w.engines
	publisher := publish.New(publish.Options{Brokers: e.Kafka.Brokers, Transport: e.Kafka.Transport(), Registry: e.Registry.Client, Log: e.Log})
	return &reader{landing: w.landing, found: make(map[job.Delivery]connectors.Delivery), connectors: connectors.New(connectors.Options{
		Publisher: publisher, Known: past.Known, DigestKey: past.DigestKey, KeyVersions: []int{1}, Log: e.Log,
	})}
}

type reader struct {
	connectors *connectors.Reader
	landing    string
	found      map[job.Delivery]connectors.Delivery
}

func (r *reader) Pull(ctx context.Context) error { return r.connectors.Pull(ctx, r.landing) }

func (r *reader) Discover(ctx context.Context) (list []job.Delivery, err error) {
	all, err := r.connectors.Discover(ctx, r.landing)
	for _, d := range all {
		known := job.Delivery{Supplier: d.Supplier, ID: d.ID, ManifestSHA256: d.ManifestSHA256}
		r.found[known], list = d, append(list, known)
	}
	return list, err
}

func (r *reader) Read(ctx context.Context, deliveries []job.Delivery) ([]schemas.Closed, error) {
	var list []connectors.Delivery
	for _, d := range deliveries {
		list = append(list, r.found[d])
	}
	return r.connectors.Read(ctx, list)
}
