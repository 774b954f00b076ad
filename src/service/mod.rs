//! The office's verbs: publish a version, open a round, take an answer in, open the envelopes,
