package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"doorstroom/pipelines/delivery"
	"doorstroom/pipelines/erase"
	"doorstroom/pipelines/kafka"
	"doorstroom/pipelines/load"
	"doorstroom/pipelines/slice"
)

// eraseOptions are the arguments of erase.
type eraseOptions struct {
	who, why, landing, links string
	dryRun, finish           bool
}

func newErase(a *app) *cobra.Command {
	var o eraseOptions
	cmd := &cobra.Command{
		Use:   "erase [FILE]",
		Short: "Remove everything about a person (or several)",
		Long: `Reads pseudonyms from FILE or, without it, from standard input, one a line: v or b
and the 26 characters. Never from the command line, which others can see and
shells remember; on a terminal nothing is shown while you type.

Removes the persons from the raw tables, Kafka (whose topics of records are
emptied: the warehouse has all of it), every edition's facts, closed ones too, the
server's logs of queries and what it still has on disk, and takes away copies of
delivered files that hold them. Open editions are then built again. Pseudonyms
that accepted records link to the given ones go too; --links newest follows only
what holds now, --links given none. A set with two or more B is a conflict, which
may be several people: of it only what is given goes.

Every delivery in the landing folder must have been read before, and no other
command may be at work. What suppliers delivered themselves is not touched: the
files that still hold a person are listed, for the suppliers to replace. They have
to leave the person out of what they deliver from now on, or it all comes back.
Backups are out of reach.

Who, when, why and how much is recorded in ops.erasure and ops.operator_action, the
person is not. --finish completes an erasure that was broken off, until when no
run begins.`,
		Example: `  doorstroom erase --landing landing --why "request 2026-114" < pseudonyms.txt
  doorstroom erase --landing landing --dry-run --why "request 2026-114" pseudonyms.txt
  doorstroom erase --landing landing --finish`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.eraseCommand(cmd, args, o) },
	}
	cmd.Flags().StringVar(&o.who, "who", userName(), "who erases")
	cmd.Flags().StringVar(&o.why, "why", "", "on what ground, without naming the person (required but for --finish)")
	cmd.Flags().StringVar(&o.landing, "landing", "", "landing folder (default DOORSTROOM_LANDING)")
	cmd.Flags().StringVar(&o.links, "links", string(erase.AllLinks), "links to follow: all, newest or given")
	cmd.Flags().BoolVar(&o.dryRun, "dry-run", false, "show how much it would be and do nothing")
	cmd.Flags().BoolVar(&o.finish, "finish", false, "complete an erasure that was broken off")
	_ = cmd.RegisterFlagCompletionFunc("links", cobra.FixedCompletions([]string{"all", "newest", "given"}, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func (a *app) eraseCommand(cmd *cobra.Command, args []string, o eraseOptions) error {
	if o.landing == "" {
		o.landing = a.settings.Landing
	}
	request := erase.Request{Links: erase.Links(o.links), Who: o.who, Why: o.why}
	switch {
	case o.landing == "":
		return usage(errors.New("no landing folder: give --landing or set DOORSTROOM_LANDING"))
	case o.links != string(erase.AllLinks) && o.links != string(erase.NewestLinks) && o.links != string(erase.GivenOnly):
		return usage(errors.New("--links is all, newest or given"))
	case o.finish && (len(args) > 0 || o.dryRun):
		return usage(errors.New("--finish takes neither a file nor --dry-run: it goes on with what was begun"))
	case !o.finish:
		if strings.TrimSpace(o.why) == "" {
			return usage(errors.New("--why is empty: say on what ground the person is erased"))
		}
		var err error
		if request.Pseudonyms, err = a.readPseudonyms(cmd.InOrStdin(), args); err != nil {
			return err
		}
	}
	// Each write of this command begins a file of the embedded log, so that what lies before can leave the disk.
	a.shortFiles = true
	return a.withEngines(cmd.Context(), true, func(ctx context.Context, e *engines) error {
		j := &eraseJob{app: a, engines: e, options: o, request: request, bar: newProgress(a.words())}
		defer j.bar.stop()
		return a.alone(ctx, e, "erase", j.run)
	})
}

// eraseJob is one call of erase.
type eraseJob struct {
	app     *app
	engines *engines
	options eraseOptions
	request erase.Request
	bar     *progress
}

func (j *eraseJob) run(ctx context.Context) error {
	if err := kafka.EnsureTopics(ctx, j.engines.kafka); err != nil {
		return environment(err)
	}
	if len(j.app.settings.KafkaBrokers) > 0 { // the embedded ones are locked to this command
		if err := kafka.Idle(ctx, j.engines.kafka, load.DefaultGroup, slice.DefaultGroup); err != nil {
			return err
		}
	}
	if err := j.loadWaiting(ctx); err != nil {
		return err
	}
	broken, err := erase.Pending(ctx, j.engines.db)
	if err != nil {
		return err
	}
	if broken != nil {
		if j.options.dryRun {
			return errBrokenOff
		}
		if err := j.finish(ctx, broken); err != nil {
			return err
		}
		if err := j.loadWaiting(ctx); err != nil { // passes over the marks that it left in Kafka
			return err
		}
	}
	if j.options.finish {
		if broken == nil {
			fmt.Fprintln(j.app.out, "no erasure was broken off")
		}
		return nil
	}
	return j.begin(ctx)
}

// errBrokenOff keeps others from working on what is half erased.
var errBrokenOff = errors.New("an erasure was broken off; 'doorstroom erase --finish' completes it, then try again")

// begin does a new erasure.
func (j *eraseJob) begin(ctx context.Context) error {
	if err := j.allRead(ctx); err != nil {
		return err
	}
	plan, err := erase.Prepare(ctx, j.engines.db, j.request)
	if errors.Is(err, erase.ErrNamed) {
		return usage(err)
	}
	if err != nil {
		return err
	}
	if j.options.dryRun {
		return j.show(ctx, plan)
	}
	if err := plan.Begin(ctx, j.engines.db); err != nil {
		return err
	}
	return j.finish(ctx, &plan.Erasure)
}

// loadWaiting brings what waits in Kafka into the raw tables, where it can be found.
func (j *eraseJob) loadWaiting(ctx context.Context) error {
	ids, err := schemaIDs(ctx, j.engines.registry)
	if err != nil {
		return err
	}
	loader := load.New(load.Config{Kafka: j.engines.kafka, Warehouse: j.engines.db, Schemas: ids, Log: j.app.log})
	if err := loader.Start(ctx); err != nil {
		return err
	}
	defer loader.Stop()
	return loader.Drain(ctx, delivery.DefaultStall, delivery.DefaultStall)
}

// allRead fails when a delivery waits to be read: it may bring a person back.
func (j *eraseJob) allRead(ctx context.Context) error {
	in := &intake{app: j.app, engines: j.engines, landing: j.options.landing, bar: j.bar}
	f, _, err := in.discover(ctx, false)
	if err != nil {
		return err
	}
	if len(f.fresh) > 0 {
		return fmt.Errorf("%d deliveries in the landing folder have not been read and may bring the person back: let 'doorstroom run --only load' decide about them, or take them away (the first is %s/%s)",
			len(f.fresh), f.fresh[0].Supplier, shown(f.fresh[0].ID))
	}
	return nil
}
