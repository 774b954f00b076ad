//! The only importer of actix: REST, the px doors, pages, templates, locales, assets. Handlers
//! translate and services decide. No SQL and no statistics here.

pub mod pages;
