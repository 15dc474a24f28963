// Package enrich gives the items of a document what its source and the hub know
// and it did not say: language, zone, topics, places, a title or a summary made of
// the text; and bounds what it did say: texts, lists, addresses, dates, the area
// and the life of an alert.
//
// Everything is a function of the items and of [Tables]: it asks no clock, no
// network and no store. Whatever a decoder gives, an item that leaves here can be
// written by every output.
package enrich

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"

	"github.com/plonegov/carillon/federation"
)

// Tables are what the hub knows that makes items comparable: its topics, and its
// members by name and postal code. They are not changed once made and safe for
// concurrent use.
type Tables struct {
	topics     map[string]string // topic slug by normal category
	topicsHash string
	allHash    string
	places     gazetteer
	members    map[string]federation.Member // by slug
	named      map[string]string            // their slugs by folded name
	hub        federation.Hub
}

// NewTables returns the tables of a hub with these topics and members. All may be
// empty.
func NewTables(topics []federation.Topic, members []federation.Member, hub federation.Hub) *Tables {
	k := &Tables{topics: map[string]string{}, places: newGazetteer(members), hub: hub,
		members: map[string]federation.Member{}, named: map[string]string{}}
	for _, m := range members {
		k.members[m.Slug] = m
		for _, name := range m.Name {
			for _, short := range shortNames(name) {
				k.named[short] = m.Slug
			}
		}
	}
	for _, t := range topics {
		for _, from := range t.From {
			if normal := federation.NormalCategory(from); k.topics[normal] == "" {
				k.topics[normal] = t.Slug
			}
		}
	}
	if len(topics) > 0 {
		k.topicsHash = hashOf(topics)
	}
	k.allHash = hashOf([]any{topics, members, hub})
	return k
}

// hashOf tells one value from another, of those that are stored as JSON.
func hashOf(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return fmt.Sprintf("%x", sha256.Sum256(b))[:12]
}

// Hash tells what the hub knows at one time from what it knows at another.
func (k *Tables) Hash() string { return k.allHash }

// TopicsHash tells one list of topics from another; "" without topics.
func (k *Tables) TopicsHash() string { return k.topicsHash }

// topic is the hub's topic for a category, else the category itself.
func (k *Tables) topic(category string) string {
	if slug := k.topics[federation.NormalCategory(category)]; slug != "" {
		return slug
	}
	return category
}
