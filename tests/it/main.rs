//! All tests that look at Trygg from outside its files, in one binary.
#![expect(
    clippy::expect_used,
    clippy::cast_possible_truncation,
    clippy::items_after_statements,
    reason = "a test that cannot go on says so by panicking; its numbers are small"
)]

mod support;

mod breaks;
mod breaks_of_rounds;
mod breaks_register;
mod cuts;
mod definition_faults;
mod definition_hostile;
mod documents;
mod flow_answers;
mod flow_breaks;
mod flow_crosswalk;
mod flow_desk;
mod flow_faults;
mod flow_form;
mod flow_gate;
mod flow_import;
mod flow_kcmo;
mod flow_keys;
mod flow_languages;
mod flow_letters;
mod flow_opening;
mod flow_release;
mod flow_round;
mod flow_signing;
mod flow_stay;
mod flow_unlinkable;
mod flow_verify;
mod flow_weights;
mod layering;
mod migrations;
mod offline;
mod questionnaire;
mod series;
mod sheets;
mod store_answers;
mod store_breaks;
mod store_candidates;
mod store_catalogue;
mod store_connect;
mod store_holders;
mod store_invitations;
mod store_results;
mod store_scrub;
mod store_staff;
mod web_keys;
mod web_method;
mod web_open_link;
mod web_refusals;
mod web_results;
mod web_rounds;
mod web_signing;
