//! Every setting, read once from file and environment, secrets wrapped.
