package warehouse

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ClickHouse/ch-go"
	"github.com/ClickHouse/ch-go/proto"
	"github.com/ClickHouse/clickhouse-go/v2"
)

// ErrProfile says that the profile of our user at ClickHouse keeps us from settings that the program cannot do without.
var ErrProfile = errors.New("the profile of the ClickHouse user does not fit")

// profileQuery asks for the settings that a profile changes and for all of ours that the server knows.
const profileQuery = "SELECT name, toString(value) AS value, toString(`default`) AS `default` FROM system.settings WHERE changed AND alias_for = ''"

// readProfile finds out which settings our connections carry: ours, as far as the server knows them, and what the profile
// changes and nobody needs, at the server's default. It is an error if the profile does not let us.
func (c *Config) readProfile(ctx context.Context) error {
	p, err := c.askProfile(ctx)
	if refusedSetting(err) {
		return c.refused(ctx, OurSettings())
	}
	if err != nil {
		return err
	}
	for name := range never {
		if set, changed := p[name]; changed && set.Value != set.standard {
			return fmt.Errorf("%w: it sets %s for user %q at %s, which the program cannot undo: take it out of the profile", ErrProfile, name, c.User, c.Addr)
		}
	}
	c.settings = p.settings()
	if err := c.try(ctx, c.settings); refusedSetting(err) {
		return c.refused(ctx, c.settings)
	} else if err != nil {
		return err
	}
	return nil
}

// profile are the settings that are not as the server has them by itself, by name: their values and the server's.
type profile map[string]struct{ Value, standard string }

// askProfile asks under our settings, so that the answer is whole. A server passes over those that it does not know, as
// they are not marked as important.
func (c *Config) askProfile(ctx context.Context) (profile, error) {
	client, err := c.bulk(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer client.Close()
	var name, value, standard proto.ColStr
	p := profile{}
	err = client.Do(ctx, ch.Query{Body: profileQuery, Settings: asked(OurSettings(), false),
		Result: proto.Results{{Name: "name", Data: &name}, {Name: "value", Data: &value}, {Name: "default", Data: &standard}},
		OnResult: func(context.Context, proto.Block) error {
			for i := range name.Rows() {
				p[name.Row(i)] = struct{ Value, standard string }{value.Row(i), standard.Row(i)}
			}
			return nil
		}})
	if _, answered := serverCode(err); answered && !refusedSetting(err) && !Away(err) {
		return nil, fmt.Errorf("%w: ClickHouse at %s does not answer user %q what its settings are, which takes no rights and few means: "+
			"look for what is unusual in the profile and the quota of that user (SHOW CREATE USER), or set DOORSTROOM_CLICKHOUSE_USER to a user with others: %w",
			ErrProfile, c.Addr, c.User, err)
	}
	if err != nil {
		return nil, fmt.Errorf("asking ClickHouse at %s for the settings of user %q: %w", c.Addr, c.User, err)
	}
	return p, nil
}

// settings are those to set.
func (p profile) settings() (list []Setting) {
	ours := map[string]bool{}
	for _, s := range OurSettings() {
		ours[s.Name] = true
		if _, known := p[s.Name]; known {
			list = append(list, s)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(p)) {
		if s := p[name]; s.Value != s.standard && !ours[name] && !rights[name] && !leftToTheServer.MatchString(name) {
			list = append(list, Setting{name, s.standard})
		}
	}
	return list
}

// refused tries settings one by one, and names those that the profile does not let us set.
func (c *Config) refused(ctx context.Context, settings []Setting) error {
	var names []string
	for _, s := range settings {
		err := c.try(ctx, []Setting{s})
		if err != nil && !refusedSetting(err) {
			return err
		}
		if err != nil {
			names = append(names, fmt.Sprintf("%s = '%s'", s.Name, s.Value))
		}
	}
	return fmt.Errorf("%w: user %q at %s may not set %s, and without that a result could be wrong or cut short. "+
		"Take the constraints on these settings (readonly, const, min, max, disallowed) out of the profile, and readonly = 1 if it has that "+
		"(readonly = 0 is for a user who writes, 2 for one who only reads), or set DOORSTROOM_CLICKHOUSE_USER to a user with another profile",
		ErrProfile, c.User, c.Addr, strings.Join(names, ", "))
}

// try sets settings for a query that needs nothing.
func (c *Config) try(ctx context.Context, settings []Setting) error {
	client, err := c.bulk(ctx, nil)
	if err != nil {
		return err
	}
	defer client.Close()
	return client.Do(ctx, ch.Query{Body: "SELECT 1 FORMAT Null", Settings: asked(settings, false)})
}

// refusedSetting tells the answer of a server that does not let a user change a setting.
func refusedSetting(err error) bool {
	code, answered := serverCode(err)
	return answered && (code == proto.ErrReadonly || code == proto.ErrSettingConstraintViolation)
}

// asked gives settings as ch-go wants them.
func asked(settings []Setting, important bool) (list []ch.Setting) {
	for _, s := range settings {
		list = append(list, ch.Setting{Key: s.Name, Value: s.Value, Important: important})
	}
	return list
}

// pooled gives the connection's settings as clickhouse-go wants them.
func (c *Config) pooled() clickhouse.Settings {
	settings := clickhouse.Settings{}
	for _, s := range c.settings {
		settings[s.Name] = s.Value
	}
	return settings
}

// Settings are those that a client of another kind must set to see what this one sees, such as one over HTTP.
func (d *DB) Settings() []Setting { return slices.Clone(d.config.settings) }
