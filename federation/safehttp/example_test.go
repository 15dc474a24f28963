package safehttp_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"

	"github.com/plonegov/carillon/federation/safehttp"
)

func ExampleClient_Get() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "bonjour") }))
	defer server.Close()

	strict := safehttp.New(safehttp.Config{})
	defer strict.Close()
	_, err := strict.Get(context.Background(), safehttp.Request{URL: server.URL})
	var fault *safehttp.Error
	fmt.Println(errors.As(err, &fault), fault.Kind)

	open := safehttp.New(safehttp.Config{AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	defer open.Close()
	answer, err := open.Get(context.Background(), safehttp.Request{URL: server.URL})
	if err != nil {
		panic(err)
	}
	fmt.Printf("%s\n", answer.Body)
	// Output:
	// true refused
	// bonjour
}
