package demo

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"path"
	"strconv"
	"strings"
	"time"
)

// restapiType is how plone.restapi labels its answers.
const restapiType = "application/json"

// object is one of a JSON interface; encoding/json sorts its keys.
type object = map[string]any

// ploneListing answers @search with the first batch of whole objects, in the
// shape of plone.restapi 9.
func ploneListing(kind string, size int) writer { return ploneBatch(kind, size, 0) }

// ploneBatches are the batches of the news after the first.
func ploneBatches(size int) func(feedView) map[string]writer {
	return func(v feedView) map[string]writer {
		all := map[string]writer{}
		for start := size; start < len(v.Items); start += size {
			all[batchPath(v, start)] = ploneBatch("News Item", size, start)
		}
		return all
	}
}

func batchPath(v feedView, start int) string {
	if start == 0 {
		return v.FeedPath()
	}
	return v.FeedPath() + "&b_start=" + strconv.Itoa(start)
}

func ploneBatch(kind string, size, start int) writer {
	return func(r *Region, v feedView) ([]byte, error) {
		listing := object{"@id": v.Base + v.FeedPath(), "items_total": len(v.Items)}
		if size < len(v.Items) {
			batching := object{"@id": v.Base + batchPath(v, start), "first": v.Base + batchPath(v, 0)}
			if start+size < len(v.Items) {
				batching["next"] = v.Base + batchPath(v, start+size)
			}
			if start > 0 {
				batching["prev"] = v.Base + batchPath(v, start-size)
			}
			listing["batching"] = batching
		}
		var items []object
		for _, it := range v.Items[start:min(start+size, len(v.Items))] {
			items = append(items, ploneObject(v, it, kind))
		}
		listing["items"] = items
		return json.MarshalIndent(listing, "", "  ")
	}
}

// ploneObject is a content object.
func ploneObject(v feedView, it itemView, kind string) object {
	o := object{
		"@id": it.URL, "@type": kind, "UID": uid(v, it), "id": it.Slug, "title": it.Title, "description": it.Lead, "text": rich(it.HTML()),
		"created": restTime(it.Date), "effective": restTime(it.Date), "modified": restTime(it.Date), "expires": nil,
		"language": object{"token": v.Language, "title": "Français"}, "review_state": "published", "is_folderish": false,
		"subjects": it.Tags, "creators": []string{firstOr(it.Author, "webmestre")}, "contributors": []string{}, "rights": "",
		"exclude_from_nav": false, "allow_discussion": false, "layout": "newsitem_view", "relatedItems": []string{}, "version": "current",
		"parent": object{"@id": strings.TrimSuffix(v.Base+v.Home(), "/"), "@type": "Folder", "title": v.Title},
	}
	if it.Image != "" {
		o["image"] = object{"content-type": "image/png", "download": it.Image, "filename": path.Base(it.Image), "width": width, "height": height, "size": it.ImageSize}
		o["image_caption"] = it.Alt
	}
	if kind == "Event" {
		ploneEvent(o, it)
	}
	return o
}

// ploneEvent adds the fields of an event. A whole day ends in its last second.
func ploneEvent(o object, it itemView) {
	end := it.End
	if it.AllDay {
		end = end.Add(-time.Second)
	}
	o["layout"], o["start"], o["end"] = "event_view", restTime(it.Start), restTime(end)
	o["whole_day"], o["open_end"], o["recurrence"], o["timezone"] = it.AllDay, it.End.IsZero(), nil, "Europe/Brussels"
	o["location"] = strings.TrimSuffix(it.Place+", "+it.Address, ", ")
	if lat, lon, ok := it.coordinates(); ok {
		o["geolocation"] = object{"latitude": lat, "longitude": lon}
	}
	o["attendees"], o["contact_name"], o["contact_email"], o["contact_phone"], o["event_url"] = []string{}, nil, nil, nil, nil
}

// restTime is a time as plone.restapi writes it: UTC with an offset.
func restTime(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05+00:00") }

func rich(html string) object {
	return object{"content-type": "text/html", "data": html, "encoding": "utf-8"}
}

// uid is the same for the same entry in every demo.
func uid(v feedView, it itemView) string {
	sum := sha256.Sum256([]byte(v.Name() + "/" + it.Slug))
	return hex.EncodeToString(sum[:16])
}

func firstOr(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

func (e entry) coordinates() (lat, lon float64, ok bool) {
	n, err := fmt.Sscanf(e.Point, "%g %g", &lat, &lon)
	return lat, lon, n == 2 && err == nil
}

// council writes meetings and decisions as PloneMeeting exports them for a
// public site.
func council(_ *Region, v feedView) ([]byte, error) {
	var items []object
	for _, it := range v.Items {
		if it.Facts["kind"] == "meeting" {
			items = append(items, councilMeeting(v, it))
		} else {
			items = append(items, councilPoint(v, it))
		}
	}
	return json.MarshalIndent(object{"@id": v.Base + v.FeedPath(), "items_total": len(items), "items": items}, "", "  ")
}

func councilObject(v feedView, it itemView, kind, state string) object {
	return object{
		"@id": it.URL, "@type": kind, "UID": uid(v, it), "id": it.Slug, "title": it.Title, "review_state": state,
		"created": restTime(it.Date), "effective": restTime(it.Date), "modified": restTime(it.Date), "expires": nil,
		"language": object{"token": v.Language, "title": "Français"},
	}
}

func councilMeeting(v feedView, it itemView) object {
	o := councilObject(v, it, "MeetingCouncil", "closed")
	o["date"], o["startDate"], o["endDate"] = restTime(it.Start), restTime(it.Start), restTime(it.End)
	o["place"] = it.Place + ", " + it.Address
	o["description"] = rich(it.HTML())
	return o
}

func councilPoint(v feedView, it itemView) object {
	o := councilObject(v, it, "MeetingItemCouncil", firstOr(it.Facts["state"], "accepted"))
	o["privacy"] = object{"token": "public", "title": "Séance publique"}
	o["formatted_itemNumber"] = it.Facts["number"]
	if n, err := strconv.Atoi(it.Facts["number"]); err == nil {
		o["itemNumber"] = 100 * n
	}
	if len(it.Tags) > 0 {
		o["category"] = object{"token": it.Tags[0], "title": it.Tags[0]}
		o["classifier"] = nil
	}
	o["description"] = rich("")
	o["extra_include_deliberation"] = object{"public_deliberation_decided": it.HTML()}
	if votes := it.Facts["votes"]; votes != "" {
		o["votesAreSecret"], o["votesResult"] = false, "<p>"+votes+"</p>"
	}
	return o
}
