package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"

	"github.com/segmentio/kafka-go"

	"doorstroom/connectors"
	"doorstroom/connectors/publish"
	"doorstroom/connectors/source"
	"doorstroom/pipelines/delivery"
	"doorstroom/pipelines/load"
	"doorstroom/schemas"
)

// intake is the first step: what is new in the landing folder and at the
// suppliers' interfaces goes through Kafka into the raw tables and is decided.
type intake struct {
	app     *app
	engines *engines
	landing string
	bar     *progress
	// fresh is a warehouse without tables: nothing was decided there.
	fresh bool
}

// found are the deliveries of the landing folder, new ones apart.
type found struct {
	all, fresh []connectors.Delivery
}

// discover pulls what the suppliers serve, unless only looking, and lists the deliveries.
func (in *intake) discover(ctx context.Context, pull bool) (found, *connectors.Reader, error) {
	known := delivery.NothingKnown()
	var key schemas.DigestKey
	err := in.app.patience().Do(ctx, func(ctx context.Context) (err error) {
		if !in.fresh {
			known, err = delivery.Decisions(ctx, in.engines.db)
		}
		if err == nil && pull {
			key, err = delivery.DigestKey(ctx, in.engines.db)
		}
		return err
	})
	if err != nil {
		return found{}, nil, err
	}
	apis, err := in.app.apis()
	if err != nil {
		return found{}, nil, err
	}
	folders, err := in.app.folders()
	if err != nil {
		return found{}, nil, err
	}
	reader := connectors.New(connectors.Options{
		Publisher: in.publisher(), Known: known, DigestKey: key, KeyVersions: in.app.settings.KeyVersions, APIs: apis, Folders: folders,
		Workers: in.app.settings.Workers, Log: in.app.log, Progress: func(done, total int64) { in.bar.set(done, total) },
	})
	if pull {
		if err := reader.Pull(ctx, in.landing); err != nil {
			var unreachable *net.OpError
			if errors.As(err, &unreachable) {
				err = environment(fmt.Errorf("%w; is the service up, and its DOORSTROOM_..._URL right ('doorstroom doctor' looks)", err))
			}
			return found{}, nil, err
		}
	}
	all, err := reader.Discover(ctx, in.landing)
	var unreadable *fs.PathError
	if errors.As(err, &unreadable) {
		return found{}, nil, environment(err)
	}
	if err != nil {
		return found{}, nil, err
	}
	f := found{all: all}
	for _, d := range all {
		if same, _ := known.Decided(d.Supplier, d.ID, d.ManifestSHA256); !same {
			f.fresh = append(f.fresh, d)
		}
	}
	return f, reader, nil
}

func (in *intake) publisher() *publish.Publisher {
	k := in.engines.kafka
	return publish.New(publish.Options{
		Brokers: k.Brokers, Transport: &kafka.Transport{ClientID: "doorstroom", Dial: k.Dial, TLS: k.TLS, SASL: k.SASL},
		Registry: in.engines.registry, Log: in.app.log,
	})
}

// apis are the suppliers' interfaces that the settings name.
func (a *app) apis() (apis []source.API, err error) {
	for _, supplier := range schemas.Suppliers {
		s := a.settings.APIs[supplier]
		if s.URL == "" {
			continue
		}
		trusted, err := tlsConfig(s.CA != "", s.CA)
		if err != nil {
			return nil, environment(err)
		}
		api := source.API{Supplier: supplier, BaseURL: s.URL, ClientID: s.ClientID,
			ClientSecret: string(s.ClientSecret), TLS: trusted, AllowClearText: a.settings.AllowClearText}
		if err := api.Check(); err != nil {
			return nil, usage(fmt.Errorf("%sURL: %w; 'doorstroom config' lists the settings beside it", ofSupplier("DOORSTROOM_", supplier), err))
		}
		apis = append(apis, api)
	}
	return apis, nil
}

// run does the step and gives the verdicts on the new deliveries.
func (in *intake) run(ctx context.Context) (found, []delivery.Verdict, error) {
	ids, err := in.app.readyKafka(ctx, in.engines)
	if err != nil {
		return found{}, nil, err
	}
	in.bar.start("read and load", "bytes", 0)
	f, reader, err := in.discover(ctx, true)
	if err != nil || len(f.fresh) == 0 {
		return f, nil, err
	}
	loader := load.New(load.Config{Kafka: in.engines.kafka, Warehouse: in.engines.db, Schemas: ids, Log: in.app.log})
	if err := loader.Start(ctx); err != nil {
		return f, nil, err
	}
	defer loader.Stop()
	closed, readErr := reader.Read(ctx, f.fresh)
	decider := delivery.Decider{Warehouse: in.engines.db, Loader: loader, Patience: in.app.settings.Patience, Log: in.app.log}
	verdicts, err := decider.Decide(ctx, closed)
	if err := errors.Join(readErr, err); err != nil {
		return f, verdicts, fmt.Errorf("read and load: %w", err)
	}
	return f, verdicts, nil
}
