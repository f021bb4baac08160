package engines

import (
	"context"
	"errors"
	"fmt"

	"doorstroom/cmd/doorstroom/internal/sharing"
	"doorstroom/deploy/embedded"
	"doorstroom/pipelines/query"
	"doorstroom/pipelines/warehouse"
)

// lockOrGoThrough takes hold of the data folder or, for who only reads, goes through the command that has it.
func (e *Engines) lockOrGoThrough(ctx context.Context) error {
	err := e.Lock(e.needs.Kafka)
	var used *embedded.ErrDataInUse
	if !errors.As(err, &used) || !e.needs.Reads || used.Door == "" {
		return err
	}
	login, asking := sharing.Ask(ctx, used.Door)
	if asking != nil {
		return fmt.Errorf("%w (asking it to read there as well: %w)", err, asking)
	}
	e.through = &login
	return nil
}

// connectThrough takes what another command told of its ClickHouse.
func (e *Engines) connectThrough() {
	e.native = warehouse.Config{Addr: e.through.Native, User: e.through.User, Password: e.through.Password}
	e.Questions = &query.Server{Addr: e.through.HTTP, People: query.User{Name: e.through.Reader, Password: e.through.ReaderPassword, Readonly: "1"}}
}

// share lets commands in that only read, as long as the embedded ClickHouse is up.
func (e *Engines) share() error {
	if !e.needs.Shares || e.died == nil {
		return nil
	}
	door, err := sharing.Open(sharing.Login{Native: e.native.Addr, HTTP: e.Questions.Addr, User: e.native.User, Password: e.native.Password,
		Reader: e.Questions.People.Name, ReaderPassword: e.Questions.People.Password}, e.log)
	if err != nil {
		return err
	}
	e.closers = append(e.closers, door.Close)
	return e.lock.Tell(door.Name())
}
