package main

import (
	"fmt"
	"reflect"

	"doorstroom/connectors/remote"
)

// refusePasswords is an error when the text of a setting holds a password, as
// addresses can: 'doorstroom config' and messages would show it. The error names
// the setting and not the text.
func (s *settings) refusePasswords() error {
	for _, at := range texts(reflect.ValueOf(s).Elem(), "") {
		if !remote.HoldsPassword(at.text) {
			continue
		}
		instead := at.login
		if instead == "" {
			instead = "the settings for user and password beside it"
		}
		return usage(fmt.Errorf("%s holds a user or a password, which lists and messages would show: take it out of the address and use %s; change the password, if others may have seen it", at.name, instead))
	}
	return nil
}

// text is what a setting that is no secret says, and which settings have the log-in that belongs to it.
type text struct{ name, text, login string }

func texts(v reflect.Value, prefix string) (all []text) {
	for i := range v.NumField() {
		field := v.Type().Field(i)
		name, rest := cutTag(field.Tag.Get("env"))
		if p, ok := rest["prefix"]; ok {
			all = append(all, texts(v.Field(i), prefix+p)...)
			continue
		}
		login := field.Tag.Get("login")
		switch value := v.Field(i).Interface().(type) {
		case string:
			all = append(all, text{prefix + name, value, login})
		case []string:
			for _, one := range value {
				all = append(all, text{prefix + name, one, login})
			}
		}
	}
	return all
}
