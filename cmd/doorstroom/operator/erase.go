package operator

import (
	"context"

	"github.com/spf13/cobra"

	"doorstroom/cmd/doorstroom/internal/app"
	"doorstroom/cmd/doorstroom/internal/engines"
	"doorstroom/cmd/doorstroom/internal/erasure"
	"doorstroom/cmd/doorstroom/internal/mainjob"
	"doorstroom/cmd/doorstroom/internal/terminal"
	"doorstroom/pipelines/erase"
	"doorstroom/pipelines/job"
	"doorstroom/schemas"
)

func newErase(a *app.App) *cobra.Command {
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

Every delivery in the landing folder must have been read already, and no other
command may be running. What suppliers delivered themselves is not touched: the
files that still hold a person are listed, for the suppliers to replace. They have
to leave the person out of what they deliver from now on, or it all comes back.
Backups are out of reach.

Who, when, why and how much is recorded in ops.erasure and ops.operator_action, the
person is not. --finish completes an erasure that was broken off; until then no
run begins.`,
		Example: `  doorstroom erase --landing landing --why "request 2026-114" < pseudonyms.txt
  doorstroom erase --landing landing --dry-run --why "request 2026-114" pseudonyms.txt
  doorstroom erase --landing landing --finish`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return o.erase(cmd, a, args) },
	}
	cmd.Flags().StringVar(&o.who, "who", app.UserName(), "who erases")
	cmd.Flags().StringVar(&o.why, "why", "", "on what ground, without naming the person (required but for --finish)")
	cmd.Flags().StringVar(&o.landing, "landing", "", "landing folder (default DOORSTROOM_LANDING)")
	cmd.Flags().StringVar(&o.links, "links", string(erase.AllLinks), "links to follow: all, newest or given")
	cmd.Flags().BoolVar(&o.dryRun, "dry-run", false, "show how much it would be and do nothing")
	cmd.Flags().BoolVar(&o.finish, "finish", false, "complete an erasure that was broken off")
	_ = cmd.RegisterFlagCompletionFunc("links", cobra.FixedCompletions([]string{"all", "newest", "given"}, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// erase removes the persons that are given, or completes an erasure that was broken off.
func (o eraseOptions) erase(cmd *cobra.Command, a *app.App, args []string) error {
	o.landing = a.Landing(o.landing)
	request, err := o.request(cmd, a, args)
	if err != nil {
		return err
	}
	// Each write of this command begins a file of the embedded log, so that what lies before can leave the disk.
	return a.With(cmd.Context(), engines.Needs{Kafka: true, ShortFiles: true}, func(ctx context.Context, e *engines.Engines) error {
		bar := terminal.NewProgress(a.Words())
		defer bar.Stop()
		j := &erasure.Job{Settings: a.Settings, Engines: e, Landing: o.landing, Request: request, DryRun: o.dryRun, OnlyFinish: o.finish,
			Log: a.Log, Progress: bar, Out: a.Out}
		j.Deliveries = func(ctx context.Context) (job.Found, error) {
			return a.MainJob(e, o.landing, schemas.Date(0), "", bar).Look(ctx, true)
		}
		j.Rebuild = func(ctx context.Context, cutOff schemas.Date, steps []job.Step) error {
			return mainjob.Run(ctx, a.MainJob(e, o.landing, cutOff, "", bar), steps, a.Out)
		}
		return e.Alone(ctx, "erase", j.Run)
	})
}
