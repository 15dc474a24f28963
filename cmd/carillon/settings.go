package main

import (
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

// settings are what every flag of the command is set to, without secrets, in
// three groups by what set it: flag, variable or default.
func settings(k *kong.Context) []any {
	groups := map[string][]any{}
	for _, f := range k.Flags() {
		if f.Name == "help" || f.Name == "version" {
			continue
		}
		from := "default"
		switch {
		case slices.ContainsFunc(k.Path, func(p *kong.Path) bool { return p.Flag != nil && p.Flag.Name == f.Name }):
			from = "flag"
		case slices.ContainsFunc(f.Envs, isSet):
			from = "variable"
		}
		groups[from] = append(groups[from], slog.String(f.Name, shown(f)))
	}
	var out []any
	for _, from := range []string{"flag", "variable", "default"} {
		if len(groups[from]) > 0 {
			out = append(out, slog.Group(from, groups[from]...))
		}
	}
	return out
}

func isSet(variable string) bool {
	_, is := os.LookupEnv(variable)
	return is
}

// shown is the value of a flag without what is secret in it.
func shown(f *kong.Flag) string {
	if f.Tag.Has("secret") && !f.Target.IsZero() {
		return hidden
	}
	if f.Target.Kind() != reflect.Slice {
		return redact(fmt.Sprint(f.Target.Interface()))
	}
	list := make([]string, f.Target.Len())
	for i := range list {
		list[i] = redact(fmt.Sprint(f.Target.Index(i).Interface()))
	}
	return strings.Join(list, ",")
}

// hidden stands for a secret, as in [url.URL.Redacted].
const hidden = "xxxxx"

var (
	secretName = regexp.MustCompile(`(?i)pass|secret|token|key`)
	// secretWord is a secret of a connection string in words (libpq, 34.1.1.1).
	secretWord = regexp.MustCompile(`(?i)(\w*(?:pass|secret|token|key)\w*\s*=\s*)('(?:[^'\\]|\\.)*'?|\S+)`)
)

// redact removes what is secret from an address or a connection string that is
// shown: passwords, and values of what is called a key or a token.
func redact(raw string) string {
	u, err := url.Parse(raw)
	switch {
	case strings.Contains(raw, "@") && (err != nil || u.User == nil), strings.Contains(raw, "://") && err != nil:
		return "…" // where a password would stand is not known
	case err != nil, u.Scheme == "", u.Host == "":
		return secretWord.ReplaceAllString(raw, "${1}"+hidden)
	}
	if _, has := u.User.Password(); !has && u.User != nil && strings.HasPrefix(u.Scheme, "http") {
		u.User = url.User(hidden) // a token alone
	}
	query, secret := u.Query(), false
	for name := range query {
		if secretName.MatchString(name) {
			query.Set(name, hidden)
			secret = true
		}
	}
	if secret {
		u.RawQuery = query.Encode()
	}
	return u.Redacted()
}
