package main

import (
	"fmt"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"github.com/plonegov/carillon/federation"
)

// regionYAML is a region file as it is written.
type regionYAML struct {
	Hub        *hubYAML        `yaml:"hub"`
	Members    []memberYAML    `yaml:"members"`
	Channels   []channelYAML   `yaml:"channels"`
	Placements []placementYAML `yaml:"placements"`
	Topics     []topicYAML     `yaml:"topics"`
	BestBets   []bestBetYAML   `yaml:"best_bets"`
}

type queriesYAML struct {
	Off    bool     `yaml:"off"`
	Least  int      `yaml:"least"`
	Months int      `yaml:"months"`
	Never  []string `yaml:"never"`
}

type hubYAML struct {
	Queries   queriesYAML       `yaml:"queries"`
	Name      textYAML          `yaml:"name"`
	Theme     map[string]string `yaml:"theme"`
	Zone      string            `yaml:"zone"`
	Languages []string          `yaml:"languages"`
	Links     linksYAML         `yaml:"links"`
	Outlines  outlinesYAML      `yaml:"outlines"`
	Synonyms  string            `yaml:"synonyms"`
}

// outlinesYAML is a file of outlines: its name alone, or with who made it.
type outlinesYAML struct {
	File   string
	Credit string
}

// UnmarshalYAML reads either form.
func (o *outlinesYAML) UnmarshalYAML(n ast.Node) error {
	if yaml.NodeToValue(n, &o.File) == nil {
		return nil
	}
	var long struct {
		File   string `yaml:"file"`
		Credit string `yaml:"credit"`
	}
	if yaml.NodeToValue(n, &long, yaml.Strict()) != nil || long.File == "" {
		return faultAt(n, "outlines is the name of a GeoJSON file, or {file: communes.geojson, credit: © who made it}")
	}
	*o = outlinesYAML(long)
	return nil
}

type linksYAML struct {
	Legal         string `yaml:"legal"`
	Accessibility string `yaml:"accessibility"`
	Contact       string `yaml:"contact"`
}

type topicYAML struct {
	Slug string   `yaml:"slug"`
	Name textYAML `yaml:"name"`
	From []string `yaml:"from"`
}

type bestBetYAML struct {
	Words   map[string][]string `yaml:"words"`
	Items   []string            `yaml:"items"`
	Link    *bestLinkYAML       `yaml:"link"`
	Members []string            `yaml:"members"`
}

type bestLinkYAML struct {
	URL   string   `yaml:"url"`
	Title textYAML `yaml:"title"`
	Text  textYAML `yaml:"text"`
}

type memberYAML struct {
	Slug        string                `yaml:"slug"`
	Kind        federation.MemberKind `yaml:"kind"`
	Name        textYAML              `yaml:"name"`
	URL         string                `yaml:"url"`
	Code        string                `yaml:"code"`
	PostalCodes []string              `yaml:"postal_codes"`
	Location    *pointYAML            `yaml:"location"`
	Languages   []string              `yaml:"languages"`
	Zone        string                `yaml:"zone"`
	Authority   *int                  `yaml:"authority"`
	Theme       map[string]string     `yaml:"theme"`
	Sites       []string              `yaml:"sites"`
	Succeeds    []string              `yaml:"succeeds"`
	Sources     []sourceYAML          `yaml:"sources"`
}

type pointYAML struct {
	Lat float64 `yaml:"lat"`
	Lon float64 `yaml:"lon"`
}

type sourceYAML struct {
	Slug        string              `yaml:"slug"`
	URL         string              `yaml:"url"`
	Format      string              `yaml:"format"`
	Type        federation.ItemType `yaml:"type"`
	Every       durationYAML        `yaml:"every"`
	Cron        string              `yaml:"cron"`
	Language    string              `yaml:"language"`
	Zone        string              `yaml:"zone"`
	Alerts      bool                `yaml:"alerts"`
	Private     []string            `yaml:"allow_private"`
	License     string              `yaml:"license"`
	Attribution string              `yaml:"attribution"`
	Categories  []string            `yaml:"categories"`
	Title       textYAML            `yaml:"title"`
	Identity    string              `yaml:"identity"`
	Complete    bool                `yaml:"complete"`
	Suspended   bool                `yaml:"suspended"`
	Formerly    []string            `yaml:"formerly"`
	TrustHub    bool                `yaml:"trust_hub"`
	Columns     map[string]string   `yaml:"columns"`
	Page        *pageYAML           `yaml:"page"`
}

type pageYAML struct {
	Include []string `yaml:"include"`
	Exclude []string `yaml:"exclude"`
	Title   string   `yaml:"title"`
	Content string   `yaml:"content"`
	Date    string   `yaml:"date"`
	Image   string   `yaml:"image"`
	Remove  string   `yaml:"remove"`
}

type channelYAML struct {
	Slug   string   `yaml:"slug"`
	Title  textYAML `yaml:"title"`
	Select string   `yaml:"select"`
}

type placementYAML struct {
	Slug    string            `yaml:"slug"`
	Member  string            `yaml:"member"`
	Widget  string            `yaml:"widget"`
	Select  string            `yaml:"select"`
	Theme   map[string]string `yaml:"theme"`
	Options optionsYAML       `yaml:"options"`
}

type optionsYAML struct {
	Images   bool     `yaml:"images"`
	Summary  bool     `yaml:"summary"`
	Heading  int      `yaml:"heading"`
	Title    textYAML `yaml:"title"`
	Language string   `yaml:"language"`
}

// textYAML is a text: a map of languages, or one string in a language that
// only the surroundings know.
type textYAML struct {
	one   string
	texts map[string]string
}

// UnmarshalYAML reads either form.
func (t *textYAML) UnmarshalYAML(n ast.Node) error {
	if yaml.NodeToValue(n, &t.one) == nil {
		return nil
	}
	t.one = ""
	if yaml.NodeToValue(n, &t.texts) != nil {
		return faultAt(n, "a text is one string, or a map of languages such as {fr: Bonjour, nl: Goeiedag}")
	}
	return nil
}

// in returns the text with the single string, if it is one, in lang.
func (t textYAML) in(lang string) federation.Text {
	if t.one != "" {
		return federation.Text{lang: t.one}
	}
	return t.texts
}

// durationYAML is a duration as time.ParseDuration reads it.
type durationYAML time.Duration

// UnmarshalYAML reads the text form only: a bare number has no unit.
func (d *durationYAML) UnmarshalYAML(n ast.Node) error {
	var s string
	err := yaml.NodeToValue(n, &s)
	v, bad := time.ParseDuration(s)
	if err != nil || bad != nil {
		return faultAt(n, fmt.Sprintf("%s is not a duration: write a number with a unit, such as 15m or 6h", n))
	}
	*d = durationYAML(v)
	return nil
}

// faultAt is a fault at a node; the reader of the file adds its name.
func faultAt(n ast.Node, reason string) error {
	return &regionError{Line: startLine(n), Reason: reason}
}
