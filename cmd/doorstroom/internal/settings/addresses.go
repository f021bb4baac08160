package settings

import (
	"fmt"
	"reflect"
	"strings"

	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/connectors/remote"
)

// refusePasswords is an error when the text of a setting holds a password, as
// addresses can: 'doorstroom config' and messages would show it. The error names
// the setting and not the text.
func (s *Settings) refusePasswords() error {
	for _, at := range s.texts() {
		if !remote.HoldsPassword(at.text) {
			continue
		}
		instead := at.login
		if instead == "" {
			instead = "the settings for user and password beside it"
		}
		return exit.Usage(fmt.Errorf("%s holds a user, a password or a query, which lists and messages would show: take it out of the address and use %s; change the password, if others may have seen it", at.name, instead))
	}
	return nil
}

// refuseSchemes is an error when a broker is given as a URL: Kafka's addresses have no scheme, and TLS is a setting.
func (s *Settings) refuseSchemes() error {
	for _, broker := range s.KafkaBrokers {
		if scheme, _, found := strings.Cut(broker, "://"); found {
			return exit.Usage(fmt.Errorf("DOORSTROOM_KAFKA_BROKERS has an address that begins with %s://: give host:port, as kafka.example:9093, and DOORSTROOM_KAFKA_TLS=true for TLS", scheme))
		}
	}
	return nil
}

// text is what a setting that is not a secret says, and which settings have the log-in that belongs to it.
type text struct{ name, text, login string }

func (s *Settings) texts() (all []text) {
	each(reflect.ValueOf(s).Elem(), "", func(name string, tag reflect.StructTag, value any) {
		login := tag.Get("login")
		switch value := value.(type) {
		case string:
			all = append(all, text{name, value, login})
		case []string:
			for _, one := range value {
				all = append(all, text{name, one, login})
			}
		}
	})
	return all
}
