//! All SQL, one repository a file; the only importer of sqlx. No decisions.
