//! What is asked: a parsed, frozen questionnaire version. No I/O, SQL, HTTP or clock here.
