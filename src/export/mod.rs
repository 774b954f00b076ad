//! A release or a questionnaire to any `Write`, one format a file.
