package main

import "strings"

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
