package main

import (
	"context"
	"fmt"
	"io"
	osuser "os/user"
	"slices"
	"strings"

	"github.com/sethvargo/go-envconfig"
	"github.com/spf13/cobra"
	"go.uber.org/zap"

	"doorstroom/cmd/doorstroom/internal/engines"
	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/cmd/doorstroom/internal/lists"
	"doorstroom/cmd/doorstroom/internal/mainjob"
	"doorstroom/cmd/doorstroom/internal/settings"
	"doorstroom/cmd/doorstroom/internal/terminal"
	"doorstroom/pipelines/job"
	"doorstroom/pipelines/query"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// app is what every command shares: settings, streams and the log.
type app struct {
	settings *settings.Settings
	env      envconfig.Lookuper
	out, err io.Writer // visible; terminal.Raw gives what programs read
	log      *zap.Logger

	dataFlag, logFormatFlag string
}

// newRoot builds the command tree over the given output streams.
func newRoot(out, errOut io.Writer) *cobra.Command {
	a := &app{env: envconfig.OsLookuper(), out: &terminal.Visible{Out: out}, err: &terminal.Visible{Out: errOut}}
	root := &cobra.Command{
		Use:   "doorstroom",
		Short: "Follow cohorts of statushouders from azc to sustained paid work",
		Long: `doorstroom reads the extracts of COA, municipalities, UWV, DUO and IDW, streams
them through Kafka, loads and reconciles them in ClickHouse, links them per
person, and reports how cohorts move from azc to sustained paid work.

Without settings it starts its own Kafka and ClickHouse under --data and stops
them again. With DOORSTROOM_KAFKA_BROKERS and DOORSTROOM_CLICKHOUSE_ADDR the
same commands use your servers.

Exit codes: 0 done; 1 failed; 2 wrong usage; 3 environment (a part is missing,
not reachable or full); 4 done, but a delivery was refused in this run.`,
		Example: `  doorstroom synth --out suppliers --persons 20000 --seed 1 --as-of 2026-06-30
  doorstroom run --landing suppliers --as-of 2026-06-30
  doorstroom report --edition 2026-06-30 --out report
  doorstroom sql "SELECT stage, persons FROM marts.stage_by_month WHERE edition = '2026-06-30' AND month = '2026-04-01' AND cohort = 2022"`,
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          cobra.NoArgs,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			return a.prepare(cmd)
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetOut(out)
	root.SetErr(errOut)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return exit.Usage(fmt.Errorf("%w; see '%s --help'", err, cmd.CommandPath()))
	})
	root.PersistentFlags().StringVar(&a.dataFlag, "data", "", "data folder (default ./data, or DOORSTROOM_DATA)")
	root.PersistentFlags().StringVar(&a.logFormatFlag, "log-format", "", "console or json (default console, or DOORSTROOM_LOG_FORMAT)")
	root.AddCommand(newRun(a), newSynth(a), newSQL(a), newReport(a), newDeliveries(a), newQuarantine(a),
		newEditions(a), newDiff(a), newExplain(a), newRelease(a), newCheck(a), newProtect(a), newAudit(a), newWithdraw(a), newErase(a), newRetain(a), newBackup(a), newRestore(a),
		newServe(a), newMigrate(a), newConfig(a), newDoctor(a), newVersion(a))
	wrapArgErrors(root)
	return root
}

// wrapArgErrors gives wrong arguments of every command the exit code of wrong usage.
func wrapArgErrors(cmd *cobra.Command) {
	if check := cmd.Args; check != nil {
		cmd.Args = func(c *cobra.Command, args []string) error {
			if err := check(c, args); err != nil {
				return exit.Usage(fmt.Errorf("%w; see '%s --help'", err, c.CommandPath()))
			}
			return nil
		}
	}
	for _, sub := range cmd.Commands() {
		wrapArgErrors(sub)
	}
}

// prepare reads the settings and opens the log before a command runs.
func (a *app) prepare(cmd *cobra.Command) error {
	if err := cmd.ValidateRequiredFlags(); err != nil {
		return exit.Usage(fmt.Errorf("%w; see '%s --help'", err, cmd.CommandPath()))
	}
	s, err := settings.Read(cmd.Context(), a.env)
	if err != nil {
		return err
	}
	if a.dataFlag != "" {
		s.Data = a.dataFlag
	}
	if a.logFormatFlag != "" {
		s.LogFormat = a.logFormatFlag
	}
	a.settings = s
	a.log, err = terminal.NewLog(s.LogFormat, s.LogLevel, a.err)
	return err
}

// words is where lines for people go.
func (a *app) words() io.Writer { return terminal.Words(a.err, a.settings.LogFormat) }

// with runs f with the engines that it needs.
func (a *app) with(ctx context.Context, n engines.Needs, f func(context.Context, *engines.Engines) error) error {
	return engines.With(ctx, a.settings, a.log, n, f)
}

// withWarehouse runs f with ClickHouse only, and the tables as they are.
func (a *app) withWarehouse(ctx context.Context, f func(context.Context, *engines.Engines) error) error {
	return a.with(ctx, engines.Needs{}, f)
}

// print prints the rows of one of the program's own queries. The named columns hold names of suppliers, which in a table
// for people stay on one line.
func (a *app) print(cmd *cobra.Command, sql, format string, names ...string) error {
	f, err := lists.Format(format, a.out)
	if err != nil {
		return err
	}
	if f == query.Table && len(names) > 0 {
		sql = query.OnOneLine(sql, names...)
	}
	return a.withWarehouse(cmd.Context(), func(ctx context.Context, e *engines.Engines) error {
		return lists.Print(ctx, e.Questions, e.Questions.Program, sql, f, a.out)
	})
}

// byHand changes what was decided about the delivery that an operator names, as DELIVERY or SUPPLIER/DELIVERY, while no
// run is at work: a run goes on with the decisions that it read, so that beside one two manifests of a delivery could
// come to count, and retain could remove the rows of one that is being released.
func (a *app) byHand(ctx context.Context, command, named string, do func(ctx context.Context, db *warehouse.DB, supplier, delivery string) error) error {
	supplier, delivery, found := strings.Cut(named, "/")
	if !found {
		supplier, delivery = "", named
	} else if !slices.Contains(schemas.Suppliers, supplier) {
		return exit.Usage(fmt.Errorf("no supplier %q: they are %s", supplier, strings.Join(schemas.Suppliers, ", ")))
	}
	return a.withWarehouse(ctx, func(ctx context.Context, e *engines.Engines) error {
		return e.Alone(ctx, command, func(ctx context.Context) error { return do(ctx, e.Warehouse, supplier, delivery) })
	})
}

// mainJob is the main job on these engines.
func (a *app) mainJob(e *engines.Engines, landing string, cutOff schemas.Date, definitions string, bar *terminal.Progress) *job.Job {
	return mainjob.New(mainjob.Options{Settings: a.settings, Engines: e, Landing: landing, CutOff: cutOff, Definitions: definitions,
		Program: version, Log: a.log, Progress: bar})
}

// userName is who is noted for what is done by hand.
func userName() string {
	u, err := osuser.Current()
	if err != nil {
		return "unknown"
	}
	return u.Username
}
