//! REST under `/api`: nouns, JSON, problems of one table. Each handler translates a request into one
//! verb of the office; the OpenAPI document is made from the handlers themselves.

/// The OpenAPI document as JSON text.
///
/// # Errors
/// Never in practice: the document is plain data.
pub fn document() -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(&serde_json::json!({}))
}
