//! An answer sheet as bytes of fixed length, and back.
