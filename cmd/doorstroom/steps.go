package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"doorstroom/deploy/embedded"
	"doorstroom/pipelines/delivery"
	"doorstroom/pipelines/edition"
	"doorstroom/pipelines/kafka"
	"doorstroom/pipelines/run"
	"doorstroom/pipelines/slice"
	"doorstroom/schemas"
)

// load is the first step.
func (m *mainJob) load(ctx context.Context) (uint64, error) {
	in := &intake{app: m.app, engines: m.engines, landing: m.landing, bar: m.bar}
	f, verdicts, err := in.run(ctx)
	var accepted, rows, quarantined uint64
	var passed passedOver
	for _, v := range verdicts {
		rows += v.RowsAccepted
		quarantined += v.RowsQuarantined
		for i := range v.Files {
			passed.add(&v.Files[i], v.Supplier+"/"+v.DeliveryID+"/"+v.Files[i].Name)
		}
		if v.Status == delivery.Accepted {
			accepted++
			continue
		}
		m.refused++
		m.say("refused: %s/%s, %s%s", v.Supplier, shown(v.DeliveryID), v.Reason, where(sentence(v.Detail, operatorTexts[v.Reason])))
	}
	if err != nil {
		return 0, err
	}
	for _, line := range passed.lines() {
		m.say("%s", shown(line))
	}
	m.bar.end(fmt.Sprintf("%d new of %d deliveries, %d rows", len(verdicts), len(f.all), rows))
	m.say("deliveries: %d in the landing folder, %d new, %d accepted, %d refused", len(f.all), len(verdicts), accepted, m.refused)
	m.say("records: %d accepted, %d put aside ('doorstroom quarantine' lists them)", rows, quarantined)
	return rows, nil
}

func where(detail string) string {
	if detail == "" {
		return ""
	}
	return ": " + shown(detail)
}

// facts is the second step.
func (m *mainJob) facts(ctx context.Context) (uint64, error) {
	wait := m.app.patience()
	if err := wait.Do(ctx, func(ctx context.Context) error { return kafka.EnsureTopics(ctx, m.engines.kafka) }); err != nil {
		return 0, environment(err)
	}
	if err := wait.Do(ctx, func(ctx context.Context) error { return delivery.Reconciled(ctx, m.engines.db) }); err != nil {
		return 0, fmt.Errorf("what was accepted is not what is there: %w", err)
	}
	m.bar.start("persons and facts", "slices", 0)
	f := edition.New(edition.Config{Config: slice.Config{Warehouse: m.engines.db, Kafka: m.engines.kafka, Workers: m.app.settings.Workers,
		Patience: m.app.settings.Patience, Log: m.app.log}, SlicePersons: m.app.settings.SlicePersons})
	result, err := f.Build(ctx, schemas.DateFromTime(m.asOf), edition.Options{
		Definitions: m.definitions, Progress: func(done, all int) { m.bar.set(int64(done), int64(all)) },
	})
	if err != nil {
		return 0, err
	}
	if result.Outcome != edition.Built {
		if err := wait.Do(ctx, func(ctx context.Context) error { return f.Reconcile(ctx, &result.Edition) }); err != nil {
			return 0, err
		}
	}
	var rows uint64
	for _, n := range result.Rows {
		rows += n
	}
	m.bar.end(fmt.Sprintf("%d persons", result.Persons))
	m.say("edition %s: %s; %d persons, %d rows of facts, definitions %s", result.CutOff, outcome(result.Outcome), result.Persons, rows, result.DefinitionVersion)
	if result.NoWages() {
		m.say("no wages: no accepted delivery of uwv_employment, so there are no monthly statuses")
	} else {
		m.say("wages reach to %s; the last month counted is that of %s", result.Horizon, result.GridEnd)
	}
	return rows, nil
}

func outcome(o edition.Outcome) string {
	switch o {
	case edition.Unchanged:
		return "unchanged"
	case edition.LeftClosed:
		return "closed, left as it is although its deliveries or the definitions changed"
	}
	return "built"
}

// marts is the last step.
func (m *mainJob) marts(ctx context.Context) (uint64, error) {
	cutOff := schemas.DateFromTime(m.asOf)
	var stands edition.Edition
	err := m.app.patience().Do(ctx, func(ctx context.Context) (err error) {
		stands, err = edition.ReadEdition(ctx, m.engines.db, cutOff)
		return err
	})
	if errors.Is(err, edition.ErrNoEdition) {
		return 0, fmt.Errorf("%w; make it first with 'doorstroom run --from facts --as-of %s'", err, cutOff)
	}
	if err != nil {
		return 0, err
	}
	m.bar.start("marts", "models", 0)
	dir, err := filepath.Abs(filepath.Join(m.app.settings.Data, "dbt"))
	if err != nil {
		return 0, err
	}
	if err := embedded.CloseData(dir, m.app.log); err != nil { // dbt runs what it finds there
		return 0, environment(err)
	}
	d := &run.DBT{Program: m.engines.tools.DBT, Dir: dir, HTTPAddr: m.engines.httpAddr,
		User: m.engines.clickHouse.User, Password: m.engines.clickHouse.Password, TLS: m.engines.clickHouse.TLS != nil, CA: m.app.settings.ClickHouseCA, Settings: m.engines.db.Settings()}
	var made run.MartsOutcome
	err = m.app.patience().Do(ctx, func(ctx context.Context) (err error) {
		made, err = run.MakeMarts(ctx, m.engines.db, d, run.MartsOf{Edition: cutOff, Build: stands.Build, Closed: stands.Closed})
		return err
	})
	if errors.Is(err, run.ErrNoDBT) {
		return 0, environment(err)
	}
	if err != nil {
		return 0, err
	}
	word := "made and tested"
	switch made {
	case run.MartsUnchanged:
		word = "unchanged"
	case run.MartsLeft:
		word = "closed, left as they are although this program would make others"
	}
	m.bar.end(word)
	m.say("marts of %s: %s", cutOff, word)
	return 0, nil
}

// plan shows what run would do.
func (m *mainJob) plan(ctx context.Context, steps []run.Step) error {
	schema, err := m.engines.db.Schema(ctx)
	if err == nil {
		err = schema.Newer()
	}
	if err != nil {
		return err
	}
	if n := len(schema.Missing()); n > 0 {
		fmt.Fprintf(m.app.out, "tables: %d migrations\n", n)
	}
	for _, step := range steps {
		switch step {
		case run.Facts:
			fmt.Fprintf(m.app.out, "facts: edition %s, definitions %s\n", m.asOf.Format("2006-01-02"), m.definitions)
			continue
		case run.Marts:
			fmt.Fprintf(m.app.out, "marts: edition %s\n", m.asOf.Format("2006-01-02"))
			continue
		}
		in := &intake{app: m.app, engines: m.engines, landing: m.landing, bar: m.bar, fresh: len(schema.Applied) == 0}
		f, _, err := in.discover(ctx, false)
		if err != nil {
			return err
		}
		fmt.Fprintf(m.app.out, "load: %d of %d deliveries are new\n", len(f.fresh), len(f.all))
		for _, d := range f.fresh {
			fmt.Fprintf(m.app.out, "  %s/%s\n", d.Supplier, shown(d.ID))
		}
	}
	return nil
}
