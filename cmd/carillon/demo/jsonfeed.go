package demo

import (
	"encoding/json"
	"time"
)

// jsonDocument is a JSON Feed 1.1 (jsonfeed.org/version/1.1).
type jsonDocument struct {
	Version     string     `json:"version"`
	Title       string     `json:"title"`
	HomePageURL string     `json:"home_page_url"`
	FeedURL     string     `json:"feed_url"`
	Description string     `json:"description"`
	Language    string     `json:"language"`
	Items       []jsonItem `json:"items"`
}

type jsonItem struct {
	ID            string       `json:"id"`
	URL           string       `json:"url"`
	Title         string       `json:"title"`
	ContentHTML   string       `json:"content_html"`
	Summary       string       `json:"summary"`
	Image         string       `json:"image,omitempty"`
	DatePublished string       `json:"date_published"`
	Authors       []jsonAuthor `json:"authors,omitempty"`
	Tags          []string     `json:"tags,omitempty"`
}

type jsonAuthor struct {
	Name string `json:"name"`
}

func jsonFeed(_ *Region, v feedView) ([]byte, error) {
	doc := jsonDocument{
		Version: "https://jsonfeed.org/version/1.1", Title: v.Title, Description: v.About, Language: v.Language,
		HomePageURL: v.Base + v.Home(), FeedURL: v.Base + v.FeedPath(),
	}
	for _, it := range v.Items {
		j := jsonItem{
			ID: it.URL, URL: it.URL, Title: it.Title, ContentHTML: it.HTML(), Summary: it.Lead, Image: it.Image,
			DatePublished: it.Date.Format(time.RFC3339), Tags: it.Tags,
		}
		if it.Author != "" {
			j.Authors = []jsonAuthor{{it.Author}}
		}
		doc.Items = append(doc.Items, j)
	}
	return json.MarshalIndent(doc, "", "  ")
}
