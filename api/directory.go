package api

import (
	"context"
	"net/url"
	"path"
	"strings"
	"time"

	"github.com/plonegov/carillon/api/feed"
	"github.com/plonegov/carillon/federation"
)

// MemberList is the federation.
type MemberList struct {
	Members []Member `json:"members" doc:"by slug"`
}

// Member is an organisation of the federation.
type Member struct {
	Slug        string                `json:"slug"`
	Kind        federation.MemberKind `json:"kind"`
	Name        string                `json:"name" doc:"in the member's first language"`
	Names       federation.Text       `json:"names" doc:"per language"`
	URL         string                `json:"url,omitempty"`
	Code        string                `json:"code,omitempty" doc:"NIS, INSEE or LAU"`
	PostalCodes []string              `json:"postal_codes,omitempty"`
	Location    *federation.Point     `json:"location,omitempty"`
	Languages   []string              `json:"languages,omitempty"`
}

func (s *Server) listMembers(_ context.Context, in *selected) (MemberList, error) {
	if _, err := in.only(); err != nil {
		return MemberList{}, err
	}
	out := MemberList{Members: []Member{}}
	for _, m := range s.cats.Current().Members {
		out.Members = append(out.Members, Member{Slug: m.Slug, Kind: m.Kind, Name: m.Name.In(m.Languages...), Names: m.Name,
			URL: m.URL, Code: m.Code, PostalCodes: m.PostalCodes, Location: m.Location, Languages: m.Languages})
	}
	return out, nil
}

// ChannelList is every named selection.
type ChannelList struct {
	Channels []Channel `json:"channels" doc:"by slug"`
}

// Channel is a selection with a name.
type Channel struct {
	Slug   string            `json:"slug"`
	Title  string            `json:"title"`
	Titles federation.Text   `json:"titles" doc:"per language"`
	Select string            `json:"select" doc:"canonical text of the selection"`
	URL    string            `json:"url" doc:"page for people"`
	Feeds  map[string]string `json:"feeds" doc:"addresses by format"`
}

func (s *Server) listChannels(_ context.Context, in *selected) (ChannelList, error) {
	if _, err := in.only(); err != nil {
		return ChannelList{}, err
	}
	out := ChannelList{Channels: []Channel{}}
	for _, c := range s.cats.Current().Channels {
		page := s.url("/channels/" + c.Slug)
		feeds := make(map[string]string, len(feed.Formats))
		for _, f := range feed.Formats {
			feeds[f.Extension] = page + "." + f.Extension
		}
		out.Channels = append(out.Channels, Channel{Slug: c.Slug, Title: c.Title.In(), Titles: c.Title,
			Select: c.Select.String(), URL: page, Feeds: feeds})
	}
	return out, nil
}

// SourceList is every source with its health.
type SourceList struct {
	Sources []Source `json:"sources" doc:"by full name"`
}

// Source is where a member publishes, and how reading it goes.
type Source struct {
	Name        string              `json:"name" doc:"full name, as the source key of a selection takes it"`
	Member      string              `json:"member"`
	Slug        string              `json:"slug" doc:"unique in the member"`
	Title       string              `json:"title,omitempty"`
	URL         string              `json:"url"`
	Format      string              `json:"format,omitempty" doc:"as last read"`
	Type        federation.ItemType `json:"type,omitempty"`
	Status      federation.Status   `json:"status" enum:"new,active,failing,suspended,gone" doc:"suspended: an operator stopped it, or it has failed for a month and is only asked once a week"`
	Language    string              `json:"language,omitempty"`
	License     string              `json:"license,omitempty"`
	Categories  []string            `json:"categories,omitempty"`
	LastFetch   *time.Time          `json:"last_fetch,omitempty" doc:"last attempt"`
	LastSuccess *time.Time          `json:"last_success,omitempty"`
	LastChange  *time.Time          `json:"last_change,omitempty" doc:"last attempt that found something new"`
	NextFetch   *time.Time          `json:"next_fetch,omitempty"`
	Items       int                 `json:"items" doc:"live items"`
	Read        int                 `json:"read" doc:"entries of the last document that could be read"`
	Kept        int                 `json:"kept" doc:"entries of the last document that are on the hub"`
	Held        int                 `json:"held,omitempty" doc:"items whose disappearance waits for an operator"`
	Failures    int                 `json:"failures,omitempty" doc:"in a row"`
	LastError   *federation.Failure `json:"last_error,omitempty" doc:"of the last attempt"`
	Warnings    []string            `json:"warnings,omitempty" doc:"of the last document read"`

	Unkept map[federation.Reason]int `json:"unkept,omitempty" doc:"entries of the last document that are not on the hub as they are listed, by the reason: older, waiting, unreadable, untitled, barred, twice, expired"`
}

func (s *Server) listSources(ctx context.Context, in *selected) (SourceList, error) {
	v, err := in.only("member")
	if err != nil {
		return SourceList{}, err
	}
	cat, only := s.cats.Current(), v.Get("member")
	if only != "" {
		if _, err := cat.Member(only); err != nil {
			return SourceList{}, err
		}
	}
	states, err := federation.States(ctx, s.store)
	if err != nil {
		return SourceList{}, err
	}
	s.titles.load(ctx)
	out := SourceList{Sources: []Source{}}
	for _, src := range cat.Sources {
		if only == "" || src.Member == only {
			m, _ := cat.Member(src.Member) // removed a moment ago: its title needs no language
			out.Sources = append(out.Sources, sourceHealth(src, states[src.Name()], s.titles.of(&src, m)))
		}
	}
	return out, nil
}

func sourceHealth(src federation.Source, st federation.SourceState, title string) Source {
	return Source{
		Name: src.Name(), Member: src.Member, Slug: src.Slug, Title: title, URL: feed.PublicURL(src.URL),
		Status: federation.StatusOf(src, st),
		Format: firstOf(st.Format, src.Format), Type: src.Type, Language: src.Language, License: src.License, Categories: src.Categories,
		LastFetch: utc(st.LastFetch), LastSuccess: utc(st.LastSuccess), LastChange: utc(st.LastChange), NextFetch: utc(st.NextFetch),
		Items: st.Items, Read: st.Read, Kept: st.Kept(), Unkept: st.Unkept, Held: st.Held, Failures: st.Failures, LastError: lastError(src, st.Failure), Warnings: st.Warnings,
	}
}

// lastError is the failure without the folders of an operator's local file.
func lastError(src federation.Source, f *federation.Failure) *federation.Failure {
	if f == nil {
		return nil
	}
	out := *f
	out.Time = out.Time.UTC()
	out.Message = withoutFolders(src, out.Message)
	return &out
}

// withoutFolders is a message without the folders of an operator's local file.
func withoutFolders(src federation.Source, message string) string {
	ref, local := strings.CutPrefix(src.URL, "file:")
	if !local {
		return message
	}
	plain, _ := url.PathUnescape(strings.TrimPrefix(ref, "//")) // "" when it is none
	for _, name := range []string{ref, plain} {
		if name != "" {
			message = strings.ReplaceAll(message, name, path.Base(name))
		}
	}
	return message
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
