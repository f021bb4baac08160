package engines

import (
	"context"
	"errors"

	"doorstroom/connectors/remote"
	"doorstroom/deploy/embedded"
	"doorstroom/pipelines/kafka"
	"doorstroom/pipelines/load"
	"doorstroom/pipelines/query"
	"doorstroom/pipelines/warehouse"
)

// openWarehouse connects, and sees to it that the tables are those of this program.
func (e *Engines) openWarehouse(ctx context.Context) error {
	if err := e.Connect(ctx); err != nil {
		return err
	}
	if err := e.Warehouse.AllRows(ctx); err != nil { // first of all: what tells of migrations may be hidden too
		return err
	}
	switch {
	case e.needs.AnyTables:
		return nil
	case !e.needs.Migrate:
		schema, err := e.Warehouse.Schema(ctx)
		if err != nil {
			return err
		}
		return schema.Fits()
	}
	// A migration that was broken off is done again: its statements leave what is there.
	return e.waiting().Do(ctx, func(ctx context.Context) error {
		if _, err := e.Warehouse.Migrate(ctx); err != nil {
			return err
		}
		return errors.Join(load.CheckTables(ctx, e.Warehouse), e.Warehouse.CheckForDBT(ctx), e.Warehouse.AllRows(ctx))
	})
}

// Connect starts or reaches ClickHouse, whatever tables it has.
func (e *Engines) Connect(ctx context.Context) (err error) {
	switch {
	case e.through != nil:
		e.connectThrough()
	case e.settings.ClickHouseAddr == "":
		err = e.startClickHouse(ctx)
	default:
		e.native, e.Questions, err = e.settings.ClickHouse()
	}
	if err != nil {
		return err
	}
	e.native.Silence = e.settings.Silence
	err = e.waiting().Do(ctx, func(ctx context.Context) (err error) {
		e.Warehouse, err = warehouse.Open(ctx, e.native)
		return err
	})
	if err != nil {
		return err
	}
	e.closers = append(e.closers, func() { _ = e.Warehouse.Close() })
	// An open connection would hold up the stop of the embedded server.
	e.Questions.Client = remote.Client(remote.Options{TLS: e.native.TLS, Slow: true, Direct: true})
	e.Questions.Settings = e.Warehouse.Settings()
	e.Questions.Program = query.User{Name: e.native.User, Password: e.native.Password, Readonly: "2"}
	return nil
}

func (e *Engines) startClickHouse(ctx context.Context) error {
	server, err := embedded.StartClickHouse(ctx, e.embedded())
	if err != nil {
		return err
	}
	e.closers = append(e.closers, closer(ctx, server))
	e.died, e.cause = server.Done(), server.Err
	e.native = warehouse.Config{Addr: server.NativeAddr(), User: server.User(), Password: server.Password()}
	name, password := server.Reader()
	e.Questions = &query.Server{Addr: server.HTTPAddr(), People: query.User{Name: name, Password: password, Readonly: "1"}}
	return nil
}

// waiting is the patience for ClickHouse at the start. An embedded server that is gone does not come back.
func (e *Engines) waiting() warehouse.Patience {
	if e.died != nil {
		return kafka.Patience(0, e.log)
	}
	return kafka.Patience(e.needs.Wait, e.log)
}

// NativeAddr is host:port of ClickHouse's native protocol.
func (e *Engines) NativeAddr() string { return e.native.Addr }
