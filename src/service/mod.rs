//! The office's verbs: publish, open, take in, open envelopes, estimate, release. No SQL, no HTTP words.
