<?php
// Makes the WordPress site of the tests, once, and prints an application
// password with which they write posts over the REST API. The content comes
// from the test.
$_SERVER['HTTP_HOST'] = getenv('WP_HOST');
define('WP_INSTALLING', true);
require getenv('WP_DOCROOT') . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';

if (!is_blog_installed()) {
	wp_install('Commune de Vallonie', 'admin', 'admin@vallonie.example', true, '', wp_generate_password(), 'fr_FR');
	foreach (get_posts(['post_type' => 'any', 'post_status' => 'any', 'numberposts' => -1]) as $post) {
		wp_delete_post($post->ID, true); // the examples that come with it
	}
	update_option('timezone_string', 'Europe/Brussels');
	update_option('blogdescription', 'Site de la commune');
	global $wp_rewrite;
	$wp_rewrite->set_permalink_structure('/%year%/%monthnum%/%postname%/');
	create_initial_taxonomies(); // again: it makes the rules of categories only with permalinks
	$wp_rewrite->flush_rules(false);
}
$admin = get_user_by('login', 'admin');
WP_Application_Passwords::delete_all_application_passwords($admin->ID);
[$password] = WP_Application_Passwords::create_new_application_password($admin->ID, ['name' => 'realservers']);
if (is_wp_error($password)) {
	fwrite(STDERR, $password->get_error_message() . "\n");
	exit(1);
}
echo $password, "\n";
