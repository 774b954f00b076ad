//! The command line, one verb a file. It prints; the service decides.
