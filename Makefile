# Everything a newcomer needs: `make test` installs what is missing, runs every
# check, and says what it skipped and why. CI runs the same with nothing skipped.

GO ?= go
CACHE := .cache
export CGO_ENABLED ?= 0

.PHONY: demo build test check tools race browser fuzz bench growth http beside look golden realservers clean

## demo: a made-up region on loopback, to look at
demo:
	$(GO) run ./cmd/carillon demo

## build: one static binary in bin/
build:
	$(GO) build -trimpath -o bin/carillon ./cmd/carillon

## test: install what is missing, then every check and every test
test:
	@./.ci/test

## tools: what the tests need besides Go (Chromium, PostgreSQL, axe-core)
tools:
	@./.ci/install

## check: format, vet, staticcheck, tidy, known vulnerabilities
check:
	@./.ci/check

## race: the whole suite under the race detector, shuffled
race:
	CGO_ENABLED=1 $(GO) test -race -shuffle=on ./...

FUZZTIME ?= 60s
## fuzz: every fuzz target for FUZZTIME each
fuzz:
	@./.ci/fuzz $(FUZZTIME)

## bench: the benchmarks, five runs each, for benchstat
bench:
	$(GO) test -run='^$$' -bench=. -benchmem -count=5 ./...

SIZES ?= 100000,1000000
## growth: what pages, feeds and searches cost as the store grows (docs/benchmarks.md)
growth:
	$(GO) run ./bench/load -growth $(SIZES)

HTTP_ITEMS ?= 100000
## http: what searches cost the whole way over HTTP, and beside changes
http:
	$(GO) run ./bench/load -http $(HTTP_ITEMS)

PEER_ITEMS ?= 100000
## beside: the embedded search engine beside Bleve, four kinds of query
beside:
	$(GO) run ./bench/load -beside $(PEER_ITEMS)

LOOK ?= $(CURDIR)/.cache/look
## look: draw the pages and the widgets into .cache/look, and look at them
look:
	mkdir -p $(LOOK)
	CARILLON_SCREENSHOTS=$(LOOK) $(GO) test -tags look -count=1 -run TestScreenshots ./embed ./api/portal

## realservers: start a WordPress and a Plone on loopback, harvest them, stop them (docs/real-servers.md)
realservers:
	@a=$$(bench/realservers/wordpress.sh start) && b=$$(bench/realservers/plone.sh start) && CARILLON_WORDPRESS=$$a CARILLON_PLONE=$$b $(GO) test -tags realservers -count=1 -v ./bench/realservers; \
	r=$$?; bench/realservers/wordpress.sh clean; bench/realservers/plone.sh clean; exit $$r

## golden: rewrite golden files; read the diff before you commit it
golden:
	$(GO) test ./... -update

clean:
	rm -rf bin $(CACHE)
