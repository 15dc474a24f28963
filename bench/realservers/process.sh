# What wordpress.sh and plone.sh share: servers by pid, as nobody in particular.
# They set $dir first.

fail() {
	echo "$(basename "$0"): $*" >&2
	exit 1
}

secret() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }

# nobody runs a command without root's rights; own gives it its files.
nobody=
[ "$(id -u)" != 0 ] || nobody="setpriv --reuid=nobody --regid=nogroup --clear-groups --no-new-privs env HOME=$dir"

plain() { $nobody "$@"; }

own() { [ "$(id -u)" != 0 ] || chown -R nobody:nogroup "$1"; }

# running NAME: is it up? A pid that was given to another process is not it.
running() {
	[ -f "$dir/$1.pid" ] && ps -o args= -p "$(cat "$dir/$1.pid")" | grep -q -- "$dir"
}

# launch NAME FOLDER COMMAND...: start it in a folder, in a group of its own,
# unless it runs, and note its pid. setpriv, env and sh exec: the pid stays.
launch() {
	name=$1 folder=$2
	shift 2
	running "$name" && return
	rm -f "$dir/$name.pid"
	(cd "$folder" && exec setsid sh -c 'echo $$ >"$0" && exec "$@"' "$dir/$name.pid" $nobody "$@") >"$dir/$name.log" 2>&1 </dev/null &
	tries=0
	while [ ! -s "$dir/$name.pid" ]; do
		tries=$((tries + 1))
		[ $tries -lt 50 ] || fail "$name did not start: see $dir/$name.log"
		sleep 0.1
	done
}

# await WHAT COMMAND...: until the command succeeds, a minute at most.
await() {
	what=$1 tries=0
	shift
	until "$@" >/dev/null 2>&1; do
		tries=$((tries + 1))
		[ $tries -lt 240 ] || fail "$what does not answer: see the logs in $dir"
		sleep 0.25
	done
}

# halt NAME: end the group of a server that we started, and wait for it.
halt() {
	if running "$1"; then
		pid=$(cat "$dir/$1.pid")
		kill -TERM "-$pid"
		tries=0
		while kill -0 "$pid" 2>/dev/null && [ $tries -lt 100 ]; do
			tries=$((tries + 1))
			sleep 0.1
		done
		kill -0 "$pid" 2>/dev/null && fail "$1 ($pid) does not end"
	fi
	rm -f "$dir/$1.pid"
}
