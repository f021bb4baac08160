package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"doorstroom/deploy/embedded"
	"doorstroom/pipelines/run"
	"doorstroom/pipelines/warehouse"
)

func newDoctor(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "Check that everything is there and reachable",
		Long: `Checks the parts one by one, as run will use them, and says of each that is missing
what to do: the addresses that Kafka gives for its brokers, topics and their limits,
the profile, the rights and the quota of the user at ClickHouse, row policies that
hide rows from it, its tables, free disk. Exit code 3 when something is missing.

It changes nothing: it makes no topics and no tables, and says what run will make.
Embedded engines are started only where there are some already.`,
		Example: "  doorstroom doctor",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.doctor(cmd.Context()) },
	}
}

// check is one thing that doctor looks at; ok says what it found.
type check struct {
	name string
	look func() (ok string, err error)
}

func (a *app) doctor(ctx context.Context) error {
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	missing := 0
	report := func(name, ok string, err error) {
		if err != nil {
			missing++
			fmt.Fprintf(w, "MISSING\t%s\t%s\n", name, strings.ReplaceAll(err.Error(), "\n", " "))
			return
		}
		fmt.Fprintf(w, "ok\t%s\t%s\n", name, ok)
	}
	for _, c := range a.checks(ctx) {
		ok, err := c.look()
		report(c.name, ok, err)
	}
	e := &engines{}
	defer e.close()
	a.lookAtServers(ctx, e, report)
	if err := w.Flush(); err != nil {
		return err
	}
	if stopped := context.Cause(ctx); stopped != nil {
		return a.explain(ctx, stopped) // what was not looked at is not missing
	}
	if missing > 0 {
		return environment(fmt.Errorf("%d of the parts are missing; the lines above say what to do", missing))
	}
	return nil
}

// sqlWall tells what keeps 'doorstroom sql' to the warehouse.
func (a *app) sqlWall(e *engines) string {
	switch {
	case a.settings.ClickHouseAddr == "" || a.settings.ClickHouseSQLUser != "":
		return e.reader.user
	}
	return e.reader.user + ", who sees all that the program may see: DOORSTROOM_CLICKHOUSE_SQL_USER names one who may only read"
}

// lastBackup tells when this warehouse was last backed up, and to where, or restored.
func lastBackup(ctx context.Context, db *warehouse.DB) (string, error) {
	var at time.Time
	var action, subject string
	var n uint64
	err := db.QueryRow(ctx, "SELECT max(at), argMax(action, at), argMax(subject, at), count() FROM ops.operator_action WHERE action IN ('backup', 'restore')").Scan(&at, &action, &subject, &n)
	day := at.UTC().Format("2006-01-02 15:04:05 UTC")
	switch {
	case err != nil:
		return "", fmt.Errorf("asking for the last backup: %w", err)
	case n == 0:
		return "never; 'doorstroom backup --out DIR' makes one", nil
	case action == "restore":
		return "none since the restore of " + day + " from the " + subject, nil
	}
	return day + ", " + subject, nil
}

// checks are those that need no engine.
func (a *app) checks(ctx context.Context) []check {
	tools, toolsErr := embedded.FindTools(a.settings.LibCHDB, a.settings.DBT)
	checks := []check{
		{"ClickHouse's engine (libchdb)", func() (string, error) {
			if a.settings.ClickHouseAddr != "" {
				return "not needed, DOORSTROOM_CLICKHOUSE_ADDR is set", nil
			}
			if tools.LibCHDB == "" {
				return "", errors.Join(toolsErr, embedded.ErrNoLibrary)
			}
			return tools.LibCHDB, nil
		}},
		{"dbt", func() (string, error) {
			return tools.DBT, (&run.DBT{Program: tools.DBT}).Runs(ctx)
		}},
		{"clear text", a.clearText},
		{"landing folder", func() (string, error) {
			if a.settings.Landing == "" {
				return "not set (DOORSTROOM_LANDING or run --landing)", nil
			}
			if _, err := os.ReadDir(a.settings.Landing); err != nil {
				return "", fmt.Errorf("%w; set DOORSTROOM_LANDING to a folder that can be read", err)
			}
			return a.settings.Landing, nil
		}},
	}
	return append(append(checks, a.apiChecks(ctx)...), a.folderChecks(ctx)...)
}
