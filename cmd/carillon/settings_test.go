package main

import (
	"context"
	"encoding/json"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"

	"github.com/plonegov/carillon/search/meili/meilitest"
)

// TestSettingsAreLogged: serve says how it is configured and by what, and no
// secret in it.
func TestSettingsAreLogged(t *testing.T) {
	server := meilitest.New(t)
	t.Setenv("CARILLON_SEARCH_KEY", meilitest.AdminKey)
	t.Setenv("CARILLON_HOST_GAP", "3s")
	ctx, stop := context.WithCancel(t.Context())
	var said safeBuffer
	ended := make(chan int)
	go func() {
		ended <- run(ctx, []string{"serve", "--data=" + t.TempDir(), "--listen=127.0.0.1:0", "--log-format=json", "--search=" + server.URL,
			"--allow-private=10.0.0.0/8,fd00::/8"}, strings.NewReader(""), io.Discard, &said)
	}()
	for !strings.Contains(said.String(), "\n") && ctx.Err() == nil {
		time.Sleep(10 * time.Millisecond)
	}
	stop()
	if code := <-ended; code != exitDone {
		t.Errorf("serve = %d: %s", code, said.String())
	}
	if all := said.String(); strings.Contains(all, meilitest.AdminKey) {
		t.Errorf("serve shows a secret: %s", all)
	}
	line, _, _ := strings.Cut(said.String(), "\n")
	var got struct {
		Msg                     string
		Flag, Variable, Default map[string]string
	}
	if err := json.Unmarshal([]byte(line), &got); err != nil {
		t.Fatalf("the first line is not a line of the log: %v: %s", err, line)
	}
	for name, pair := range map[string][2]string{
		"message":           {got.Msg, "configuration"},
		"--search":          {got.Flag["search"], server.URL},
		"--database":        {got.Default["database"], ""},
		"--allow-private":   {got.Flag["allow-private"], "10.0.0.0/8,fd00::/8"},
		"CARILLON_HOST_GAP": {got.Variable["host-gap"], "3s"},
		"the search key":    {got.Variable["search-key"], "xxxxx"},
		"--listen":          {got.Flag["listen"], "127.0.0.1:0"},
		"--roles":           {got.Default["roles"], "web,worker"},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s is logged as %q, want %q; %s", name, pair[0], pair[1], line)
		}
	}
	var all commands
	if n, want := len(got.Flag)+len(got.Variable)+len(got.Default), len(flagsOf(t, &all, "serve")); n != want {
		t.Errorf("%d flags are logged, want %d: %s", n, want, line)
	}
}

// TestSecretsAreMarked: a flag whose name says that it is secret is marked so.
func TestSecretsAreMarked(t *testing.T) {
	var all commands
	for _, f := range flagsOf(t, &all, "serve") {
		if secretName.MatchString(f.Name) && f.Target.Kind() == reflect.String && !f.Tag.Has("secret") {
			t.Errorf("--%s has no tag `secret`, and would be logged", f.Name)
		}
	}
}

// flagsOf are the flags of a command that configure it.
func flagsOf(t *testing.T, all *commands, command string) (out []*kong.Flag) {
	t.Helper()
	parser, err := kong.New(all, kong.Vars{"version": ""}, kong.Writers(io.Discard, io.Discard))
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := parser.Parse([]string{command})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range parsed.Flags() {
		if f.Name != "help" && f.Name != "version" {
			out = append(out, f)
		}
	}
	return out
}

// TestRefusedDatabase: what is refused is named without its password.
func TestRefusedDatabase(t *testing.T) {
	for _, database := range []string{"postgres://hub:canary@db.example/carillon", "postgres://hub@db.example/carillon?password=canary", "host=db password=canary"} {
		code, said := carillonWith(t, "serve", "--data="+t.TempDir(), "--database="+database)
		if code != exitUsage || !strings.Contains(said, "--database=") || strings.Contains(said, "canary") {
			t.Errorf("serve --database=%s = %d, %q", database, code, said)
		}
	}
}

func TestRedact(t *testing.T) {
	for raw, want := range map[string]string{
		"":                       "",
		"carillon-data":          "carillon-data",
		"http://127.0.0.1:7700":  "http://127.0.0.1:7700",
		"https://a:b@c.example/": "https://a:xxxxx@c.example/",
		"https://b@c.example/":   "https://xxxxx@c.example/",
		"postgres://hub@db/x":    "postgres://hub@db/x",
		"postgres://hub@db/x?pass%77ord=b&sslmode=disable": "postgres://hub@db/x?password=xxxxx&sslmode=disable",
		"host=db password=b user=hub":                      "host=db password=xxxxx user=hub",
		`host=db password = 'b \' c' user=hub`:             `host=db password = xxxxx user=hub`,
		"host=db password='b c":                            "host=db password=xxxxx",
		"127.0.0.1:8080":                                   "127.0.0.1:8080",
		"host=db password=b@c":                             "…",
		"postgres://hub:b c@db/x":                          "…",
		"postgres://hub:1234/b@db/x":                       "…",
		"postgres:hub:b@db/x":                              "…",
	} {
		if got := redact(raw); got != want {
			t.Errorf("redact(%q) = %q, want %q", raw, got, want)
		}
	}
}
