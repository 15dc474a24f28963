<?php
// What a web server's rewrite rule does: files as they are, the rest to
// WordPress. php -S by itself answers 404 for /wp-sitemap.xml.
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
$file = $_SERVER['DOCUMENT_ROOT'] . rawurldecode($path);
if ($path !== '/' && file_exists($file)) {
	return false;
}
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = '/index.php';
require $_SERVER['DOCUMENT_ROOT'] . '/index.php';
