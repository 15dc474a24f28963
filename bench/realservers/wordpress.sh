#!/bin/sh
# A WordPress of Debian on loopback, for the tests of this folder: its own
# files, database and ports, nothing of the machine's. Says how to reach it.
#
#   bench/realservers/wordpress.sh start    # install what is missing, start, print the address
#   bench/realservers/wordpress.sh stop     # stop both servers, keep the site
#   bench/realservers/wordpress.sh clean    # stop, and remove the site
#
# WORDPRESS_PORT (8481) is the port. Needs Debian's packages named below; as
# root it installs them.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
dir=$(cd "$here/../.." && pwd)/.cache/realservers/wordpress
port=${WORDPRESS_PORT:-8481}
packages="wordpress wordpress-l10n wordpress-theme-twentytwentythree php-cli php-mysql php-xml php-mbstring mariadb-server curl"
. "$here/process.sh"

install() {
	dpkg -s $packages >/dev/null 2>&1 && return
	[ "$(id -u)" = 0 ] || fail "install first: $packages"
	# The packages start servers of their own where there is an init: not wanted.
	export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
	apt-get update -q >&2
	apt-get install -yq --no-install-recommends $packages >&2
}

# database starts MariaDB on a socket alone.
database() {
	if [ ! -d "$dir/mysql/mysql" ]; then
		mkdir -p "$dir/mysql"
		own "$dir"
		plain mariadb-install-db --no-defaults --datadir="$dir/mysql" --auth-root-authentication-method=normal \
			--skip-test-db >"$dir/install-db.log" 2>&1 || fail "mariadb-install-db: see $dir/install-db.log"
	fi
	# A socket's path is 107 bytes at most (unix(7)).
	[ ${#dir} -le 90 ] || fail "$dir is too long a path for a socket"
	launch mariadbd "$dir/mysql" mariadbd --no-defaults --datadir="$dir/mysql" --socket="$dir/mysql/mysql.sock" --skip-networking \
		--innodb-buffer-pool-size=32M --performance-schema=OFF --pid-file="$dir/mysql/own.pid"
	await "the database" mariadb --no-defaults --socket="$dir/mysql/mysql.sock" -u root \
		-e 'CREATE DATABASE IF NOT EXISTS wordpress CHARACTER SET utf8mb4'
}

# files copies WordPress: it finds its configuration beside itself.
files() {
	[ -f "$dir/htdocs/wp-config.php" ] && return
	rm -rf "$dir/htdocs"
	cp -rL /usr/share/wordpress "$dir/htdocs" 2>/dev/null || [ -f "$dir/htdocs/wp-load.php" ] || fail "no WordPress in /usr/share/wordpress"
	# local: application passwords without TLS. Mail and its own cron, which
	# would call the server from inside itself, are off.
	cat >"$dir/htdocs/wp-config.php" <<PHP
<?php
define('DB_NAME', 'wordpress');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:$dir/mysql/mysql.sock');
define('DB_CHARSET', 'utf8mb4');
define('WP_ENVIRONMENT_TYPE', 'local');
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('DISABLE_WP_CRON', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
define('AUTH_KEY', '$(secret)');
define('SECURE_AUTH_KEY', '$(secret)');
define('LOGGED_IN_KEY', '$(secret)');
define('NONCE_KEY', '$(secret)');
define('WP_HOME', 'http://127.0.0.1:$port');
define('WP_SITEURL', 'http://127.0.0.1:$port');
\$table_prefix = 'wp_';
if (!defined('ABSPATH')) {
	define('ABSPATH', __DIR__ . '/');
}
if (!function_exists('wp_mail')) {
	function wp_mail(...\$args) { return true; }
}
require_once ABSPATH . 'wp-settings.php';
PHP
	own "$dir"
}

start() {
	install
	mkdir -p "$dir"
	database
	files
	password=$(cd "$dir/htdocs" && WP_HOST=127.0.0.1:$port WP_DOCROOT=$dir/htdocs plain php -d display_errors=stderr "$here/wordpress_site.php" 2>"$dir/install.log") ||
		fail "WordPress was not installed: see $dir/install.log"
	case $password in *[!a-zA-Z0-9]* | '') fail "WordPress was not installed: $password" ;; esac
	PHP_CLI_SERVER_WORKERS=4 launch php "$dir/htdocs" php -d display_errors=0 -S "127.0.0.1:$port" -t "$dir/htdocs" "$here/wordpress_router.php"
	await "WordPress" curl -fsS -o /dev/null "http://127.0.0.1:$port/feed/"
	echo "http://admin:$password@127.0.0.1:$port"
}

case ${1:-} in
start) start ;;
stop) halt php && halt mariadbd ;;
clean) halt php && halt mariadbd && rm -rf "$dir" ;;
*) fail "usage: $0 start|stop|clean" ;;
esac
