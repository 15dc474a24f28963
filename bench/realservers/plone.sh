#!/bin/sh
# A Plone on loopback, for the tests of this folder: its own environment of
# Python, its own Zope and port. Says how to reach it.
#
#   bench/realservers/plone.sh start    # install what is missing, start, print the address
#   bench/realservers/plone.sh stop     # stop the server, keep the site
#   bench/realservers/plone.sh clean    # stop, and remove the site; what pip fetched stays
#
# PLONE_PORT (8482) is the port, PLONE_PYTHON (python3) a Python of 3.10 to
# 3.13. The packages come by pip from wherever it is set up to ask, at the
# versions of plone_requirements.txt: 230, 90 MB.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
cache=$(cd "$here/../.." && pwd)/.cache/realservers
dir=$cache/plone
venv=$cache/plone-venv
port=${PLONE_PORT:-8482}
. "$here/process.sh"

install() {
	[ -f "$venv/complete" ] && return
	rm -rf "$venv"
	mkdir -p "$dir" "$venv"
	own "$dir"
	own "$venv"
	# As the user who runs it: a Python in root's home is none to nobody.
	plain "${PLONE_PYTHON:-python3}" -m venv "$venv" >&2 || fail "needs a Python with venv that anybody may run (PLONE_PYTHON)"
	plain "$venv/bin/pip" install -q --no-input --no-cache-dir -c "$here/plone_requirements.txt" Products.CMFPlone plone.restapi >&2 ||
		fail "pip has no Products.CMFPlone: docs/real-servers.md says what is needed"
	touch "$venv/complete"
}

# instance makes Zope's folder and, in its database, the site.
instance() {
	[ -f "$dir/complete" ] && return
	rm -rf "$dir/instance"
	mkdir -p "$dir"
	secret >"$dir/password"
	"$venv/bin/mkwsgiinstance" -d "$dir/instance" -u "admin:$(cat "$dir/password")"
	# mkwsgiinstance writes none, and without it pictures and files answer 500.
	sed -i 's|^\( *\)path .*/Data.fs$|&\n\1blob-dir $INSTANCE/var/blobstorage|' "$dir/instance/etc/zope.conf"
	own "$dir"
	plain "$venv/bin/zconsole" run "$dir/instance/etc/zope.conf" "$here/plone_site.py" >"$dir/install.log" 2>&1 ||
		fail "the site was not made: see $dir/install.log"
	touch "$dir/complete"
}

start() {
	install
	instance
	sed -i "s/^port = .*/port = $port/" "$dir/instance/etc/zope.ini"
	launch zope "$dir/instance" "$venv/bin/python" "$venv/bin/runwsgi" "$dir/instance/etc/zope.ini"
	await "Plone" curl -fsS -o /dev/null -H 'Accept: application/json' "http://127.0.0.1:$port/Plone"
	echo "http://admin:$(cat "$dir/password")@127.0.0.1:$port/Plone"
}

case ${1:-} in
start) start ;;
stop) halt zope ;;
clean) halt zope && rm -rf "$dir" ;;
*) fail "usage: $0 start|stop|clean" ;;
esac
