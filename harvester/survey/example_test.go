package survey_test

import (
	"context"
	"fmt"
	"net/http"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/safehttp"
	"github.com/plonegov/carillon/harvester/survey"
)

// village is a site with a home page that declares a feed of one item.
type village struct{}

func (village) Ask(_ context.Context, address string) survey.Answer {
	body, known := map[string]string{
		"https://www.village.example/":    `<html lang="fr"><title>Village</title><link rel="alternate" type="application/rss+xml" href="/rss">`,
		"https://www.village.example/rss": `<rss>`,
	}[address]
	if !known {
		return survey.Answer{Failed: &federation.Failure{Class: federation.FailHTTP, Status: 404}}
	}
	return survey.Answer{Response: &safehttp.Response{Status: 200, Header: http.Header{}, URL: address, Body: []byte(body)}}
}

func (village) Read(res *safehttp.Response) (survey.Finding, *federation.Failure) {
	if string(res.Body) != "<rss>" {
		return survey.Finding{}, &federation.Failure{Class: federation.FailFormat}
	}
	return survey.Finding{URL: res.URL, Format: "feed", Title: "Actualités", Items: []federation.Item{{Title: "Kermesse", Type: federation.News}}}, nil
}

func Example() {
	report, failed := survey.Of(context.Background(), village{}, "https://www.village.example/")
	if failed != nil {
		fmt.Println(failed.Message)
		return
	}
	for _, f := range report.Findings {
		fmt.Println(report.Site.Slug, f.Slug, f.Type, f.Every, f.URL)
	}
	// Output: village actualites news 6h0m0s https://www.village.example/rss
}
