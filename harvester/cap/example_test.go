package cap_test

import (
	"fmt"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/cap"
)

func ExampleFormat() {
	read, err := cap.Format().Decode(federation.Document{URL: "https://alerte.example/1.cap", ContentType: "application/cap+xml", Body: []byte(`<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>1</identifier><sender>alerte.example</sender>
		<sent>2026-03-03T08:00:00+01:00</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope>
		<info><language>fr</language><category>Met</category><event>Crue</event><urgency>Immediate</urgency><severity>Severe</severity><certainty>Observed</certainty>
		<headline>Crue de la Sambre</headline><area><areaDesc>Merle</areaDesc></area></info></alert>`)})
	if err != nil {
		panic(err)
	}
	for _, it := range read.Items {
		fmt.Println(it.Type, it.Title, it.Alert.Severity, it.Alert.Areas)
	}
	// Output:
	// alert Crue de la Sambre severe [Merle]
}
