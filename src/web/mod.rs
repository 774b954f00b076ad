//! The only importer of actix: REST, pages, templates. No SQL, no statistics.
