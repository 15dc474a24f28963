package websub

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/safehttp"
)

const (
	// settled is how long an active subscription is kept although the document
	// names another hub or topic: one that changes its mind at every fetch must
	// not make us subscribe as often.
	settled = 24 * time.Hour
	// passOver is after how many requests that came to nothing the next hub
	// that the document names is asked instead.
	passOver = 3
)

// offer is what we could subscribe to for one source.
type offer struct {
	topic string   // "" = the source is not to be pushed, now
	hubs  []string // none = the document names none
}

// newOffer keeps of f what may be used. own is the host of our own hub, which
// we do not subscribe to: it would tell us what we told it.
func newOffer(src federation.Source, f Found, own string) offer {
	o := offer{topic: topic(src, f)}
	if o.topic == "" || src.Suspended {
		return offer{}
	}
	for _, hub := range f.Hubs {
		if u, err := safehttp.ParseURL(hub); err == nil && u.Host != own && !slices.Contains(o.hubs, hub) {
			o.hubs = append(o.hubs, hub)
		}
	}
	return o
}

// topic is rel=self where the source may speak for it, as it is written, else
// the address the document was read at. A document that calls itself something
// on another host would have its subscription follow somebody else's document.
// A redirect of the source's own server vouches for where it leads.
func topic(src federation.Source, f Found) string {
	if f.URL == "" {
		f.URL = src.URL
	}
	read, err := safehttp.ParseURL(f.URL)
	if err != nil {
		return "" // a file, or nothing a hub could know
	}
	self, err := safehttp.ParseURL(f.Self)
	if err == nil && (self.Hostname() == read.Hostname() || self.Hostname() == hostname(src.URL)) {
		return f.Self
	}
	return f.URL
}

func hostname(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Hostname())
}

// decide compares what is held with what is offered: the ones to leave, and
// the hub to subscribe at, "" for none.
func decide(held []federation.Subscription, o offer, now time.Time) (leave []federation.Subscription, hub string) {
	for _, sub := range held {
		if sub.State != federation.SubscriptionLeaving {
			leave = append(leave, sub)
		}
	}
	if len(leave) == 0 {
		return nil, first(o.hubs)
	}
	current := leave[0]
	at := slices.Index(o.hubs, current.Hub)
	switch {
	case current.Topic == o.topic && at >= 0:
		failing := current.State == federation.SubscriptionDenied || current.Failures >= passOver && !current.Active(now)
		if !failing || at+1 == len(o.hubs) {
			return leave[1:], ""
		}
		return leave, o.hubs[at+1]
	case o.topic != "" && current.Active(now) && now.Sub(current.Created) < settled:
		return leave[1:], ""
	}
	return leave, first(o.hubs)
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}
