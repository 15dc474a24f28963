package likeness_test

import (
	"context"
	"log/slog"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/likeness"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/federation/storetest"
)

const release = "La Région lance une prime pour l'isolation des toitures. Elle s'adresse aux propriétaires et aux locataires " +
	"dont le logement a plus de quinze ans. La demande se fait en ligne, avant le début des travaux, avec un devis."

// hub is a store with a linker.
type hub struct {
	*storetest.Mem
	*likeness.Linker
	t     *testing.T
	names map[string]string // by item id
}

func newHub(t *testing.T, members ...string) *hub {
	h := &hub{Mem: storetest.NewMem(), t: t, names: map[string]string{}}
	h.Linker = likeness.NewLinker(slog.New(slog.DiscardHandler), storetest.Twice(h.Mem))
	h.in(func(ctx context.Context, tx federation.Tx) error {
		for _, m := range members {
			if _, err := federation.Save(ctx, tx, federation.Member{Slug: m}); err != nil {
				return err
			}
			if _, err := federation.Save(ctx, tx, federation.Source{Member: m, Slug: "news"}); err != nil {
				return err
			}
		}
		return nil
	})
	return h
}

func (h *hub) in(fn func(context.Context, federation.Tx) error) {
	h.t.Helper()
	ctx := h.t.Context()
	if err := h.InTx(ctx, func(tx federation.Tx) error { return fn(ctx, tx) }); err != nil {
		h.t.Fatal(err)
	}
}

// save saves the next version of the item of a member, first seen on a day.
func (h *hub) save(member string, version, day int, title, text string) string {
	h.t.Helper()
	src := member + "/news"
	seen := time.Date(2026, 1, day, 12, 0, 0, 0, time.UTC)
	it := federation.Item{ID: federation.NewItemID(src, "1"), Member: member, Source: src, OriginID: "1", Type: federation.News,
		Title: title, Content: markup.Sanitise("<p>"+text+"</p>", nil), FirstSeen: seen, Version: version}
	it.Hash = federation.ContentHash(it)
	h.names[it.ID] = member
	h.in(func(ctx context.Context, tx federation.Tx) error { return tx.SaveItem(ctx, it, seen) })
	return it.ID
}

func (h *hub) withdraw(id string) {
	h.in(func(ctx context.Context, tx federation.Tx) error { return tx.WithdrawItem(ctx, id, "", time.Now()) })
}

// want brings the groups level and compares them: members by name of the lead.
func (h *hub) want(step string, want map[string][]string) {
	h.t.Helper()
	if err := h.CatchUp(h.t.Context()); err != nil {
		h.t.Fatalf("%s: CatchUp = %v", step, err)
	}
	got := map[string][]string{}
	_, err := h.EachItem(h.t.Context(), federation.Part{}, func(it federation.Item) error {
		if it.Group != "" {
			lead := h.names[it.Group]
			got[lead] = append(got[lead], it.Member)
			slices.Sort(got[lead])
		}
		return nil
	})
	if err != nil {
		h.t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		h.t.Errorf("%s: groups (-want +got):\n%s", step, diff)
	}
}

func TestGroups(t *testing.T) {
	h := newHub(t, "alba", "brume", "cran", "dole")
	h.save("cran", 1, 3, "Une prime", release)
	b := h.save("brume", 1, 2, "Brume: une prime", release+" Votre commune.")
	h.save("dole", 1, 4, "Piscine", "La piscine ouvre ses portes samedi après deux ans de travaux, avec un bassin pour les tout-petits et une terrasse.")
	h.want("two of three", map[string][]string{"brume": {"brume", "cran"}})
	a := h.save("alba", 1, 5, "Une prime", release)
	h.want("a third, seen later", map[string][]string{"brume": {"alba", "brume", "cran"}})
	h.save("dole", 2, 4, "Piscine", "La piscine ouvre ses portes dimanche après deux ans de travaux, avec un bassin pour les tout-petits et une terrasse.")
	h.want("another thing changed", map[string][]string{"brume": {"alba", "brume", "cran"}})
	h.withdraw(b)
	h.want("the lead withdrawn", map[string][]string{"cran": {"alba", "cran"}})
	h.save("alba", 2, 5, "Nouveau guichet", "Le guichet de la maison communale déménage au rez-de-chaussée, avec une entrée sans marche et une salle d'attente.")
	h.want("one changed, one left alone", map[string][]string{})
	h.save("alba", 3, 5, "Une prime", release)
	h.want("changed back", map[string][]string{"cran": {"alba", "cran"}})
	h.withdraw(a)
	h.want("withdrawn", map[string][]string{})
}

// TestOneBatch links items that come together, as a first harvest brings them.
func TestOneBatch(t *testing.T) {
	h := newHub(t, "alba", "brume", "cran")
	for i, m := range []string{"cran", "brume", "alba"} {
		h.save(m, 1, 3-i, "Une prime", release)
	}
	h.want("three at once", map[string][]string{"alba": {"alba", "brume", "cran"}})
	before, err := h.Changes(t.Context(), 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Link(t.Context(), before); err != nil {
		t.Fatal(err)
	}
	if after, err := h.Changes(t.Context(), 0, 1000); err != nil || len(after) != len(before) {
		t.Errorf("Link of the same again: %d changes more, %v", len(after)-len(before), err)
	}
}

// TestNoChain has somebody publish what is like two items that are not like
// each other: it stands with one of them, and they stay apart, also once it is
// gone (reliability T15: no item decides about two others).
func TestNoChain(t *testing.T) {
	h := newHub(t, "alba", "brume", "mallory")
	one := release + " Un conseiller vous aide à remplir le dossier gratuitement au guichet."
	h.save("alba", 1, 1, "Une prime", one)
	h.save("brume", 1, 2, "Autre chose", "La demande se fait en ligne, avec un devis, et la prime couvre des chaudières à bois, "+
		"des pompes à chaleur et des panneaux solaires, pour les écoles, les crèches et les salles de sport de la province.")
	h.want("apart", map[string][]string{})
	m := h.save("mallory", 1, 3, "Une prime", one)
	h.want("a copy of one", map[string][]string{"alba": {"alba", "mallory"}})
	h.save("mallory", 2, 3, "Autre chose", "La demande se fait en ligne, avec un devis, et la prime couvre des chaudières à bois, "+
		"des pompes à chaleur et des panneaux solaires, pour les écoles, les crèches et les salles de sport de la province.")
	h.want("a copy of the other", map[string][]string{"brume": {"brume", "mallory"}})
	h.withdraw(m)
	h.want("gone", map[string][]string{})
}
