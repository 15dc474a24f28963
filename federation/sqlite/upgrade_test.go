package sqlite

import (
	"io/fs"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/pressly/goose/v3"

	"github.com/plonegov/carillon/federation"
)

// TestRecordsUpgrade moves what was in a table a kind into records: all of it
// is read as it was written then.
func TestRecordsUpgrade(t *testing.T) {
	path := filepath.Join(t.TempDir(), "carillon.db")
	writeSchema11(t, path)
	s, err := Open(t.Context(), slog.New(slog.DiscardHandler), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	alba := federation.Member{Slug: "alba", Kind: federation.KindCommune, Name: federation.Text{"fr": "Alba"}}
	news := federation.Source{Member: "alba", Slug: "news", URL: "https://www.alba.example/rss", Formerly: []string{"alba/old"}}
	channel := federation.Channel{Slug: "actus", Title: federation.Text{"fr": "Actus"}, Select: federation.Selection{Members: []string{"alba"}}}
	placement := federation.Placement{Slug: "alba-actus", Member: "alba", Widget: "list", Select: federation.Selection{Channels: []string{"actus"}},
		Options: federation.Options{"images": true, "summary": true}}
	topic := federation.Topic{Slug: "culture", Name: federation.Text{"fr": "Culture"}, From: []string{"Kultur"}}
	cat, err := federation.LoadCatalogue(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ got, want any }{
		{cat.Members, []federation.Member{alba}},
		{cat.Sources, []federation.Source{news}},
		{cat.Channels, []federation.Channel{channel}},
		{cat.Placements, []federation.Placement{placement}},
		{cat.Topics, []federation.Topic{topic}},
		{cat.Hub, federation.Hub{Name: federation.Text{"fr": "Portail"}}},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%T after the upgrade (-want +got):\n%s", c.want, diff)
		}
	}
	state, err := federation.StateOf(t.Context(), s, "alba/news")
	fetched := time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC)
	if err != nil || state.ETag != "W/\"\xe9t\xe9\"" || state.Title != "Actualités" || !state.LastFetch.Equal(fetched) ||
		state.Failure == nil || state.Failure.Status != 503 || state.Interval != time.Hour || len(state.Fetches) != 1 || state.Fetches[0].New != 3 {
		t.Errorf("StateOf(…) after the upgrade = %+v, %v", state, err)
	}
	err = s.InTx(t.Context(), func(tx federation.Tx) error {
		pages, err := federation.Pages(t.Context(), tx, "alba/news")
		if p := pages["https://www.alba.example/a page"]; len(pages) != 1 || p.URL != "https://www.alba.example/a page" || p.Mark != "m" || p.Origins[0] != "1" {
			t.Errorf("Pages(…) after the upgrade = %+v", pages)
		}
		// What is equal to what was stored then is no change.
		for _, save := range []func() (bool, error){
			func() (bool, error) { return federation.Save(t.Context(), tx, alba) },
			func() (bool, error) { return federation.Save(t.Context(), tx, news) },
			func() (bool, error) { return federation.Save(t.Context(), tx, channel) },
			func() (bool, error) { return federation.Save(t.Context(), tx, placement) },
			func() (bool, error) { return federation.Save(t.Context(), tx, topic) },
		} {
			if changed, err := save(); changed || err != nil {
				t.Errorf("Save of what is held = %v, %v, want no change", changed, err)
			}
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	sub, err := federation.Get[federation.Subscription](t.Context(), s, "d1")
	if err != nil || sub.Token != "t" || sub.Secret != "s" || sub.Hub != "https://hub.example/" || sub.Source != "alba/news" {
		t.Errorf("Get[Subscription](d1) after the upgrade = %+v, %v", sub, err)
	}
	held, err := s.Likenesses(t.Context(), []string{"i1", "i2"})
	alone := federation.Likeness{Item: "i1", Digest: 5, Keys: []int64{-7, 3}, Version: 1, Wording: 9, Current: 1, Fingerprint: []byte("a")}
	if diff := cmp.Diff(map[string]federation.Likeness{"i1": alone}, held); err != nil || diff != "" {
		t.Errorf("Likenesses after the upgrade: %v (-want +got):\n%s", err, diff)
	}
	sharers, err := s.Sharing(t.Context(), []int64{-7, 3, 4}, 9)
	if diff := cmp.Diff([]federation.Sharer{{Key: -7, Item: "i1"}, {Key: 3, Item: "i1"}}, sharers); err != nil || diff != "" {
		t.Errorf("Sharing after the upgrade: %v (-want +got):\n%s", err, diff)
	}
	if list, err := federation.SubscriptionsOf(t.Context(), s, "alba/news"); err != nil || len(list) != 1 {
		t.Errorf("SubscriptionsOf(alba/news) = %v, %v, want one", list, err)
	}
}

// writeSchema11 makes a store as the schema before records had it.
func writeSchema11(t *testing.T, path string) {
	t.Helper()
	db, err := openWriter(path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	dir, err := fs.Sub(migrations, "migrations")
	if err != nil {
		t.Fatal(err)
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db, dir, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.UpTo(t.Context(), 11); err != nil {
		t.Fatal(err)
	}
	for _, row := range []string{
		`INSERT INTO member VALUES ('alba', '{"slug":"alba","kind":"commune","name":{"fr":"Alba"},"theme":{}}')`,
		`INSERT INTO source VALUES ('alba/news', 'alba', '{"member":"alba","slug":"news","url":"https://www.alba.example/rss","formerly":["alba/old"]}')`,
		`INSERT INTO channel VALUES ('actus', '{"slug":"actus","title":{"fr":"Actus"},"select":"member=alba"}')`,
		`INSERT INTO placement VALUES ('alba-actus', 'alba', '{"slug":"alba-actus","member":"alba","widget":"list","select":"channel=actus","theme":{},"options":{"summary":true,"images":true}}')`,
		`INSERT INTO topic VALUES ('culture', '{"slug":"culture","name":{"fr":"Culture"},"from":["Kultur"]}')`,
		`INSERT INTO record (kind, key, data) VALUES ('hub', '', '{"name":{"fr":"Portail"},"theme":{},"links":{}}')`,
		`INSERT INTO source_state VALUES ('alba/news', '{"Source":"alba/news","Title":"Actualités","Format":"feed","FetchedURL":"https://www.alba.example/rss",
			"BodyHash":"abc","TTL":0,"LastFetch":"2026-03-01T10:00:00Z","LastSuccess":"0001-01-01T00:00:00Z","LastChange":"0001-01-01T00:00:00Z",
			"NextFetch":"2026-03-01T11:00:00Z","Failures":1,"Failure":{"time":"2026-03-01T10:00:00Z","class":"http","status":503,"message":"m","advice":"a"},
			"Items":20,"Listed":21,"Held":0,"Warnings":null,"Interval":3600000000000,"ETag":"Vy8i6XTpIg=="}',
			'[{"Time":"2026-03-01T10:00:00Z","Result":"changed","New":3}]')`,
		`INSERT INTO page VALUES ('alba/news', 'https://www.alba.example/a page', '{"mark":"m","origins":["1"]}')`,
		`INSERT INTO subscription VALUES ('d1', 'alba/news', '{"ID":"d1","Source":"alba/news","Hub":"https://hub.example/","Token":"t","Secret":"s"}')`,
		`INSERT INTO item (id, source, member, origin_id, version, hash) VALUES ('i1', 'alba/news', 'alba', '1', 1, 'h')`,
		`INSERT INTO likeness (item, "group", digest, keys, version, wording) VALUES ('i1', '', 5, '[-7,3]', 1, 9)`,
		`INSERT INTO likeness_key (key, item) VALUES (-7, 'i1'), (3, 'i1')`,
		`INSERT INTO fingerprint VALUES ('i1', x'61')`,
	} {
		if _, err := db.ExecContext(t.Context(), row); err != nil {
			t.Fatalf("%.60s: %v", row, err)
		}
	}
}
