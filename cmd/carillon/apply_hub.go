package main

import (
	"fmt"
	"reflect"

	"github.com/plonegov/carillon/federation"
)

// saveHub saves what the file says of the hub, and the best bets, which are
// kept with it: either stays as it is when the file does not mention it.
func (a *applier) saveHub(r *region) error {
	if r.Hub != nil {
		h := *r.Hub
		h.BestBets = a.cat.Hub.BestBets
		if err := saved(a, "hub", "", saysOfHub(a.cat.Hub), h, a.tx.SaveHub); err != nil {
			return err
		}
	}
	if r.BestBets == nil {
		return nil
	}
	return saved(a, "best_bets", "", len(a.cat.Hub.BestBets) > 0, a.held(r), a.tx.SaveHub)
}

// held is the hub as it is once the file's own parts are saved.
func (a *applier) held(r *region) federation.Hub {
	h := a.cat.Hub
	if r.Hub != nil {
		h = *r.Hub
		h.BestBets = a.cat.Hub.BestBets
	}
	if r.BestBets != nil {
		h.BestBets = r.BestBets
	}
	return h
}

// pruneHub removes what the file does not mention.
func (a *applier) pruneHub(r *region) error {
	h := a.held(r)
	remove := func(kind string) error {
		if _, err := a.tx.SaveHub(a.ctx, h); err != nil {
			return fmt.Errorf("remove %s: %w", kind, err)
		}
		a.diff = append(a.diff, difference{"remove", kind, ""})
		return nil
	}
	if r.Hub == nil && saysOfHub(h) {
		h = federation.Hub{BestBets: h.BestBets}
		if err := remove("hub"); err != nil {
			return err
		}
	}
	if r.BestBets == nil && len(h.BestBets) > 0 {
		h.BestBets = nil
		return remove("best_bets")
	}
	return nil
}

// saysOfHub reports whether h says something of the hub itself.
func saysOfHub(h federation.Hub) bool {
	h.BestBets = nil
	return !reflect.ValueOf(h).IsZero()
}
