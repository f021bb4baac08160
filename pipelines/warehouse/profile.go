package warehouse

import (
	"context"
	"errors"
	"fmt"
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
	client, err := c.bulk(ctx, nil)
	if err != nil {
		return err
	}
	defer client.Close()
	var name, value, standard proto.ColStr
	known, may := map[string]bool{}, map[string]string{}
	var back []Setting
	// A server passes over a setting that it does not know, unless it is marked as important.
	err = client.Do(ctx, ch.Query{Body: profileQuery, Settings: asked(ourSettings(), false),
		Result: proto.Results{{Name: "name", Data: &name}, {Name: "value", Data: &value}, {Name: "default", Data: &standard}},
		OnResult: func(context.Context, proto.Block) error {
			for i := range name.Rows() {
				s := Setting{name.Row(i), standard.Row(i)}
				known[s.Name] = true
				if rights[s.Name] {
					may[s.Name] = value.Row(i)
				} else if value.Row(i) != s.Value && !leftToTheServer.MatchString(s.Name) {
					back = append(back, s)
				}
			}
			return nil
		}})
	if refusedSetting(err) {
		return c.refused(ctx, ourSettings())
	}
	if err != nil {
		return fmt.Errorf("asking ClickHouse at %s for the settings of user %q: %w", c.Addr, c.User, err)
	}
	if may["readonly"] == "1" {
		return fmt.Errorf("%w: it sets readonly = 1 for user %q at %s, which forbids the settings that make results complete; "+
			"give the user a profile with readonly = 0, or 2 if it is only to read", ErrProfile, c.User, c.Addr)
	}
	c.settings = nil
	ours := map[string]bool{}
	for _, s := range ourSettings() {
		ours[s.Name] = true
		if known[s.Name] {
			c.settings = append(c.settings, s)
		}
	}
	back = slices.DeleteFunc(back, func(s Setting) bool { return ours[s.Name] })
	c.settings = append(c.settings, back...)
	if err := c.try(ctx, c.settings); refusedSetting(err) {
		return c.refused(ctx, c.settings)
	} else if err != nil {
		return err
	}
	return nil
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
	return fmt.Errorf("%w: the profile of user %q at %s does not let it set %s; a result could be wrong or cut short. "+
		"Remove the constraints on these settings (readonly, const, min, max) and readonly = 1 from the profile, or give the user another profile with DOORSTROOM_CLICKHOUSE_USER",
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
