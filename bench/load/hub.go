package main

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/federation/sqlite"
)

// hub is `carillon serve --roles web` on a store made for it.
type hub struct {
	cmd  *exec.Cmd
	addr string
}

const members = 10

// startHub builds the command, fills a store and serves it.
func startHub(ctx context.Context, carillon, dir string, fill func(file string) error) (*hub, error) {
	if carillon == "" {
		carillon = filepath.Join(dir, "carillon")
		build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", carillon, "github.com/plonegov/carillon/cmd/carillon")
		build.Env, build.Stderr = append(os.Environ(), "CGO_ENABLED=0"), os.Stderr
		if err := build.Run(); err != nil {
			return nil, err
		}
	}
	if err := fill(filepath.Join(dir, "carillon.db")); err != nil {
		return nil, err
	}
	h := &hub{cmd: exec.CommandContext(ctx, carillon, "serve", "--roles", "web", "--data", dir, "--listen", "127.0.0.1:0")}
	h.cmd.Stderr = os.Stderr
	out, err := h.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := h.cmd.Start(); err != nil {
		return nil, err
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if _, addr, ok := strings.Cut(lines.Text(), "http://"); ok {
			h.addr, _, _ = strings.Cut(addr, " ")
			go func() { // what it says later must not stop it
				for lines.Scan() {
				}
			}()
			return h, nil
		}
	}
	h.stop()
	return nil, fmt.Errorf("%s serve did not say where it is", carillon)
}

func (h *hub) stop() {
	_ = h.cmd.Process.Signal(os.Interrupt) // it may have ended by itself
	_ = h.cmd.Wait()
}

// resident is the most memory that the hub had resident, in bytes.
func (h *hub) resident() (int64, error) { return h.status("VmHWM:") }

// status is a line of the process's status that is in kB, in bytes.
func (h *hub) status(line string) (int64, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", h.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(status), line)
	kb, err := strconv.ParseInt(strings.Fields(rest + " ")[0], 10, 64)
	return kb << 10, err
}

// fill writes members with a channel and a placement each, and items.
func fill(ctx context.Context, file string, items int) error {
	store, err := sqlite.Open(ctx, slog.New(slog.DiscardHandler), file)
	if err != nil {
		return err
	}
	err = store.InTx(ctx, func(tx federation.Tx) error {
		for m := range members {
			if err := fillMember(ctx, tx, m); err != nil {
				return err
			}
		}
		for i := range items {
			if err := tx.SaveItem(ctx, item(i), began); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		_ = store.Close() // the first error tells more
		return err
	}
	return store.Close()
}

func fillMember(ctx context.Context, tx federation.Tx, m int) error {
	slug := fmt.Sprint("m", m)
	_, err := federation.Save(ctx, tx, federation.Member{Slug: slug, Kind: federation.KindCommune, Name: federation.Text{"fr": fmt.Sprint("Commune ", m)}, Languages: []string{"fr"}})
	if err == nil {
		_, err = federation.Save(ctx, tx, federation.Source{Member: slug, Slug: "rss", URL: "https://" + slug + ".example/rss"})
	}
	sel := federation.Selection{Members: []string{slug}, Types: []federation.ItemType{federation.News}}
	if err == nil {
		_, err = federation.Save(ctx, tx, federation.Channel{Slug: fmt.Sprint("news-", m), Title: federation.Text{"fr": fmt.Sprint("Actualités ", m)}, Select: sel})
	}
	if err == nil {
		sel.Limit = 10
		_, err = federation.Save(ctx, tx, federation.Placement{Slug: slug + "-news", Member: slug, Widget: "list", Select: sel})
	}
	return err
}

var began = time.Date(2026, 1, 1, 8, 0, 0, 0, time.UTC)

// item is the i-th: seven of ten are news, the others events and documents.
func item(i int) federation.Item {
	slug := fmt.Sprint("m", i%members)
	words := []string{"travaux", "marché", "école", "collecte", "piscine", "budget", "forêt", "bibliothèque", "mobilité", "tri"}
	a, b := words[i/members%len(words)], words[i/7%len(words)]
	at := began.Add(time.Duration(i) * 37 * time.Minute)
	it := federation.Item{Member: slug, Source: slug + "/rss", OriginID: fmt.Sprint(i), Type: federation.News, Language: "fr", Version: 1,
		Title: fmt.Sprintf("%s et %s, avis %d", a, b, i), URL: fmt.Sprintf("https://%s.example/%d", slug, i), Hash: fmt.Sprint(i),
		Summary:   "La commune informe les habitants du quartier que " + a + " et " + b + " changent d'horaire jusqu'à la fin du mois.",
		Content:   markup.Sanitise(strings.Repeat("<p>Les services communaux répondent à toutes les questions sur "+a+".</p>", 10), nil),
		Published: at, FirstSeen: at, Categories: []string{a}}
	switch i / members % 10 {
	case 7, 8:
		it.Type, it.Event = federation.EventItem, &federation.Event{Start: at.AddDate(1, 0, 0), End: at.AddDate(1, 0, 0).Add(time.Hour)}
	case 9:
		it.Type = federation.DocumentItem
	}
	it.ID = federation.NewItemID(it.Source, it.OriginID)
	return it
}
