//! The only importer of actix: REST, the px doors, pages, templates, locales, assets. Handlers
//! translate and services decide. No SQL and no statistics here.

pub mod api;
pub mod assets;
pub mod connections;
pub mod csrf;
pub mod extract;
pub mod health;
pub mod i18n;
pub mod letters;
pub mod limits;
pub mod pages;
pub mod present;
pub mod problem;
pub mod reports;
pub mod routes;
pub mod security;
pub mod server;
pub mod session;
pub mod state;
