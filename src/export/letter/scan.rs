//! The QR code of a letter, on paper.

use krilla::{
    geom::{PathBuilder, Rect},
    surface::Surface,
};

use super::parts::mm;
use crate::export::qr::{Modules, QUIET};

/// The side of a code without its quiet zone, in millimetres; 25 at the least.
const SIDE: f32 = 28.0;

/// The side of a code with its quiet zone, at the widest: that of version 2, which has the fewest modules
/// that a letter's address can take.
pub(super) fn side() -> f32 {
    let quiet = 2.0 * module_of(25) * modules_f32(QUIET);
    mm(SIDE) + quiet
}

fn module_of(modules: usize) -> f32 {
    mm(SIDE) / modules_f32(modules)
}

#[expect(clippy::cast_precision_loss, reason = "at most 177 modules and their quiet zone")]
const fn modules_f32(count: usize) -> f32 {
    count as f32
}

/// Draws a code; its quiet zone's left upper corner is at `at`.
pub(super) fn draw(surface: &mut Surface<'_>, at: (f32, f32), code: &Modules) {
    let module = module_of(code.width());
    let place = |modules: usize| modules_f32(modules + QUIET) * module;
    // One path: a viewer that smooths edges would draw hairs between squares of their own.
    let mut path = PathBuilder::new();
    for (row, column, length) in code.runs() {
        let (x, y) = (at.0 + place(column), at.1 + place(row));
        if let Some(rect) = Rect::from_xywh(x, y, modules_f32(length) * module, module) {
            path.push_rect(rect);
        }
    }
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
}
