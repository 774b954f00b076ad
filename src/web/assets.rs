//! Style sheet, icon and script, in the program itself, at addresses that change with their content, so that
//! a browser may keep them for ever.

use std::sync::LazyLock;

use actix_web::{HttpResponse, http::header, web};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

use crate::web::problem::{Problem, ProblemKind};

/// A file of the program.
pub struct Asset {
    /// Its address.
    pub path: String,
    media_type: &'static str,
    content: &'static str,
}

impl Asset {
    fn new(name: &str, end: &str, media_type: &'static str, content: &'static str) -> Self {
        let hash = URL_SAFE_NO_PAD.encode(&Sha256::digest(content)[..9]);
        Self { path: format!("/assets/{name}-{hash}.{end}"), media_type, content }
    }
}

/// The one style sheet.
pub static STYLESHEET: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("trygg", "css", "text/css; charset=utf-8", include_str!("assets/trygg.css")));

/// The icon: a sheet of paper, nothing that tells the subject.
pub static ICON: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("icon", "svg", "image/svg+xml", include_str!("assets/icon.svg")));

/// The proof of work of the open link.
pub static OPEN_SCRIPT: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("open", "js", "text/javascript; charset=utf-8", include_str!("assets/open.js")));

/// `GET /assets/{name}`.
///
/// # Errors
/// `not_found`.
pub async fn show(name: web::Path<String>) -> Result<HttpResponse, Problem> {
    let wanted = format!("/assets/{name}");
    let found = [&STYLESHEET, &ICON, &OPEN_SCRIPT].into_iter().find(|asset| asset.path == wanted);
    let asset = found.ok_or(Problem::new(ProblemKind::NotFound))?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .content_type(asset.media_type)
        .body(asset.content))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rules without comments: selector or property, and what it is set to.
    fn declarations() -> Vec<(String, String, String)> {
        let parts = STYLESHEET.content.split("/*").map(|part| part.rsplit("*/").next().unwrap_or_default());
        let css: String = parts.collect();
        let mut found = Vec::new();
        for block in css.split('}') {
            let Some((selector, body)) = block.rsplit_once('{') else { continue };
            for declaration in body.split(';') {
                if let Some((property, value)) = declaration.split_once(':') {
                    found.push((selector.trim().to_owned(), property.trim().to_owned(), value.trim().to_owned()));
                }
            }
        }
        assert!(found.len() > 200, "the sheet was read: {}", found.len());
        found
    }

    #[test]
    fn the_style_sheet_has_logical_sides_only() {
        for (selector, property, value) in declarations() {
            let at = format!("{selector} {{ {property}: {value} }}");
            let sides = ["left", "right", "top", "bottom"];
            let boxed = ["margin", "padding", "border", "inset", "scroll"].iter().any(|of| property.starts_with(of));
            let of_side = property.split('-').any(|part| sides.contains(&part));
            let size = property.trim_start_matches("min-").trim_start_matches("max-");
            let physical = sides.contains(&size) || ["width", "height"].contains(&size) || (boxed && of_side);
            let set = property != "vertical-align" && value.split([' ', ',']).any(|part| sides.contains(&part));
            assert!(!physical && !set, "{at}");
            // Four values are top, right, bottom, left.
            let four = ["margin", "padding", "inset", "border-width", "border-radius"].contains(&property.as_str());
            assert!(!four || value.split_whitespace().count() < 4, "{at}");
        }
    }

    #[test]
    fn colours_stand_in_one_place_and_are_called_by_name() {
        for (selector, property, value) in declarations() {
            let at = format!("{selector} {{ {property}: {value} }}");
            let literal =
                value.contains('#') || ["rgb", "hsl", "color(", "oklch"].iter().any(|made| value.contains(made));
            assert!(!literal || (selector == ":root" && property.starts_with("--")), "{at}");
            for word in ["white", "black", "red", "grey", "gray", "blue", "yellow"] {
                assert!(!value.split(' ').any(|part| part == word), "{at}");
            }
        }
    }

    #[test]
    fn the_style_sheet_reaches_no_other_host_and_keeps_the_rules_of_type() {
        for never in ["url(", "@import", "italic", "justify;"] {
            assert!(!STYLESHEET.content.contains(never), "{never}");
        }
    }

    #[test]
    fn the_script_is_small_and_reaches_no_other_host() {
        let script = OPEN_SCRIPT.content;
        assert!(script.len() < 4_096, "{} bytes", script.len());
        for outside in ["//cdn", "http:", "https:", "fetch(", "import(", "eval(", "innerHTML", "localStorage"] {
            assert!(!script.contains(outside), "{outside}");
        }
    }

    #[actix_web::test]
    async fn an_asset_is_found_under_its_hash_only() {
        let name = STYLESHEET.path.trim_start_matches("/assets/").to_owned();
        assert!(show(name.into()).await.is_ok());
        assert!(show("trygg-old.css".to_owned().into()).await.is_err());
    }
}
