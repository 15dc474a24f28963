package jsonld

import (
	"html"
	"slices"
	"strings"

	"github.com/plonegov/carillon/harvester/read"
)

// prices tells the offers: each with its name, price, whether there is any left
// and where it is sold.
func (w *writing) prices(n node) {
	var lines []string
	for _, p := range []string{"offers", "makesOffer"} {
		if w.told[p] = true; p == "makesOffer" && w.Type == "event" {
			continue
		}
		for _, o := range w.nodes(n[p]) {
			if s := w.offer(o); s != "" && !slices.Contains(lines, s) {
				lines = append(lines, s)
			}
		}
		for _, s := range strs(n[p]) {
			lines = append(lines, w.line(s))
		}
	}
	key := "price"
	if w.Event != nil || n["startDate"] != nil {
		key = "offers"
	}
	w.tell(key, lines...)
}

func (w *writing) offer(o node) string {
	if w.spent++; w.spent > maxTold {
		return ""
	}
	var parts []string
	add := func(s string) {
		if s != "" {
			parts = append(parts, s)
		}
	}
	add(html.EscapeString(w.reading.text(o["name"], w.lang)))
	add(html.EscapeString(w.price(o)))
	for _, s := range members(o["availability"]) {
		if s = memberName(s); s != "InStock" {
			add(html.EscapeString(strings.ToLower(label(s, w.lang))))
		}
	}
	add(html.EscapeString(w.reading.text(o["description"], w.lang)))
	if a := w.address(o["url"]); a != "" && a != w.URL {
		add(read.Anchor(a, a))
	}
	for _, in := range w.nodes(o["offers"]) {
		add(w.offer(node(without(in, "offers"))))
	}
	return strings.Join(parts, " · ")
}

// price writes an amount with its currency: "5 EUR", "5 – 12 EUR", "Free".
func (w *writing) price(o node) string {
	if spec := w.first(o["priceSpecification"]); spec != nil && o["price"] == nil {
		o = spec
	}
	get := func(p string) string { return w.reading.text(o[p], w.lang) }
	currency := get("priceCurrency")
	price := get("price")
	if low, high := get("lowPrice"), get("highPrice"); price == "" && low != "" {
		if price = low; high != "" && high != low {
			price += " – " + high
		}
	}
	if price == "" {
		low, high := get("minPrice"), get("maxPrice")
		price = strings.Trim(low+" – "+high, " –")
	}
	if f, ok := number(price); ok && f == 0 {
		return label("free", w.lang)
	}
	if price == "" {
		return ""
	}
	return strings.TrimSpace(price + " " + currency)
}

func without(n node, key string) map[string]any {
	out := make(map[string]any, len(n))
	for k, v := range n {
		if k != key {
			out[k] = v
		}
	}
	return out
}
