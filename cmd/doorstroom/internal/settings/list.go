package settings

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/sethvargo/go-envconfig"

	"doorstroom/schemas"
)

// Line is one line of `doorstroom config`.
type Line struct {
	Name   string `json:"setting"`
	Value  string `json:"value"`
	Source string `json:"source"`
	Help   string `json:"meaning"`
}

// List gives every setting with its value and where it came from.
func (s *Settings) List(env envconfig.Lookuper) (lines []Line) {
	each(reflect.ValueOf(s).Elem(), "", func(name string, tag reflect.StructTag, value any) {
		source := "default"
		if _, set := env.Lookup(name); set {
			source = "environment"
		}
		lines = append(lines, Line{name, fmt.Sprint(value), source, tag.Get("help")})
	})
	return lines
}

// each shows every setting below a struct of settings: its name, its tag and its value, those of suppliers in their order.
func each(v reflect.Value, prefix string, see func(name string, tag reflect.StructTag, value any)) {
	for i := range v.NumField() {
		tag := v.Type().Field(i).Tag
		name, rest := cutTag(tag.Get("env"))
		if p, ok := rest["prefix"]; ok {
			each(v.Field(i), prefix+p, see)
			continue
		}
		if p, ok := tag.Lookup("each"); ok {
			for _, supplier := range schemas.Suppliers {
				if own := v.Field(i).MapIndex(reflect.ValueOf(supplier)); own.IsValid() {
					each(own, OfSupplier(p, supplier), see)
				}
			}
			continue
		}
		see(prefix+name, tag, v.Field(i).Interface())
	}
}

// cutTag splits an env tag into its name and its options (default=..., prefix=...).
func cutTag(tag string) (name string, options map[string]string) {
	parts := strings.Split(tag, ",")
	options = map[string]string{}
	for _, p := range parts[1:] {
		key, value, _ := strings.Cut(strings.TrimSpace(p), "=")
		options[key] = value
	}
	return strings.TrimSpace(parts[0]), options
}
