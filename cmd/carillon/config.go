package main

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/alecthomas/kong"
	"github.com/lmittmann/tint"
	"golang.org/x/term"

	"github.com/plonegov/carillon/search/meili"
)

// commands is the whole command line (DESIGN.md 4). Every flag has a
// CARILLON_… variable.
type commands struct {
	Demo     demoCommand     `cmd:"" help:"Try Carillon: a fictional region with a portal and three municipal sites, on your computer."`
	Serve    serveCommand    `cmd:"" help:"Run the hub: harvester, search and web."`
	Apply    applyCommand    `cmd:"" help:"Put members, sources, channels and placements from a region file into the store."`
	Harvest  harvestCommand  `cmd:"" help:"Fetch what is due, or the named sources, once."`
	Check    checkCommand    `cmd:"" help:"Show what would be harvested from an address or a site; nothing is stored."`
	Import   importCommand   `cmd:"" help:"Take over lists of feeds from other programs."`
	Export   exportCommand   `cmd:"" help:"Write the configuration to standard output."`
	Withdraw withdrawCommand `cmd:"" help:"Remove items from the portal, widgets and feeds until you bring them back with --restore."`
	Reindex  reindexCommand  `cmd:"" help:"Make the search index anew from the store; it answers meanwhile."`
	Doctor   doctorCommand   `cmd:"" help:"Look at store and search, and say what is wrong and what to do."`
	Version  versionCommand  `cmd:"" help:"Print the version."`

	ReadFile readFileCommand `cmd:"" hidden:"" help:"The child in which serve reads one file."`

	ShowVersion kong.VersionFlag `name:"version" env:"-" help:"Print the version."`
}

// hubConfig is shared by the commands that open the store. The zero value of
// each field but Data is usable.
type hubConfig struct {
	Data         string         `default:"carillon-data" placeholder:"DIR" help:"Folder of the store and the search snapshot; carillon-data unless set."`
	Database     string         `placeholder:"URL" help:"Store: empty for SQLite in the data folder."`
	Search       string         `placeholder:"URL" help:"Meilisearch server, such as http://127.0.0.1:7700: for hubs of more than about 300,000 items. Empty for the embedded engine alone."`
	SearchKey    string         `placeholder:"KEY" secret:"" help:"Key of the Meilisearch server that may write: its admin or master key. Searches are sent with one that may only read."`
	SearchIndex  string         `placeholder:"NAME" help:"Name of the hub's index on the Meilisearch server; carillon unless set. Hubs that share a server need one each."`
	AllowPrivate []netip.Prefix `placeholder:"PREFIX" help:"For tests and demonstrations: private networks that every source may be on. For one source, write allow_private into the region file."`
	HostGap      time.Duration  `default:"1s" placeholder:"TIME" help:"Pause between two requests to one host; 1s unless set. Hosts in --allow-private have none."`
	LogFormat    string         `enum:"auto,text,json" default:"auto" help:"Log lines: text, json, or auto (text on a terminal)."`
	Verbose      bool           `short:"v" help:"Log every harvest."`
}

// check refuses what this build cannot do, naming the flag.
func (c hubConfig) check() error {
	if c.Database != "" {
		return usageError{fmt.Errorf("--database=%s: only the embedded SQLite store is built in; leave it empty", redact(c.Database))}
	}
	if c.Search == "" {
		if c.SearchKey != "" {
			return usageError{errors.New("--search-key is given without --search, the address of its server")}
		}
		return nil
	}
	if err := c.server().Check(); err != nil {
		return usageError{fmt.Errorf("--search=%s: %w", redact(c.Search), err)}
	}
	return nil
}

// server is the search server of the configuration.
func (c hubConfig) server() meili.Config {
	return meili.Config{URL: c.Search, Key: c.SearchKey, Name: c.SearchIndex}
}

func (c hubConfig) databaseFile() string { return filepath.Join(c.Data, "carillon.db") }
func (c hubConfig) searchFolder() string { return filepath.Join(c.Data, "search") }
func (c hubConfig) codeFolder() string   { return filepath.Join(c.Data, "code") }

// webConfig is the web side of serve.
type webConfig struct {
	Listen    string `default:"127.0.0.1:8080" placeholder:"ADDR" help:"Address to listen on; 127.0.0.1:8080 unless set."`
	PublicURL string `placeholder:"URL" help:"Address the public reaches the hub at; default http://ADDR."`
	OpsListen string `placeholder:"ADDR" help:"Second address for /healthz and /readyz alone; empty for none."`

	NetworkConnections int `default:"256" placeholder:"N" help:"Most open connections of one IPv4 address or IPv6 /64; 256 unless set, 0 for no limit. This machine and private networks have none; behind a proxy elsewhere, set 0."`
}

// base is the public address without a trailing slash. It comes from the
// configuration alone: a Host header decides nothing (reliability T18).
func (c webConfig) base(listener net.Addr) (string, error) {
	if c.PublicURL == "" {
		return "http://" + listener.String(), nil
	}
	u, err := url.Parse(c.PublicURL)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.RawQuery != "" || u.User != nil {
		return "", usageError{fmt.Errorf("--public-url=%q must be an address such as https://hub.example.org", c.PublicURL)}
	}
	if strings.Trim(u.Path, "/") != "" {
		return "", usageError{fmt.Errorf("--public-url=%q must have no path: the hub needs a host of its own", c.PublicURL)}
	}
	return strings.TrimSuffix(c.PublicURL, "/"), nil
}

// logger writes to w: coloured text on a terminal, JSON lines elsewhere,
// unless told otherwise.
func (c hubConfig) logger(w io.Writer) *slog.Logger {
	if c.Verbose {
		return c.loggerFrom(w, slog.LevelInfo)
	}
	return c.loggerFrom(w, slog.LevelWarn)
}

func (c hubConfig) loggerFrom(w io.Writer, level slog.Level) *slog.Logger {
	text := c.LogFormat == "text" || c.LogFormat != "json" && isTerminal(w)
	if text {
		return slog.New(tint.NewTextHandler(w, &tint.Options{Level: level, NoColor: !isTerminal(w)}))
	}
	return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: level}))
}

func isTerminal(w any) bool {
	if over, ok := w.(*overBar); ok {
		w = over.w
	}
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
