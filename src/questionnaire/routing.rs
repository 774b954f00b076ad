//! Which items and pages a respondent meets.

use super::model::{Questionnaire, Stream};

impl Questionnaire {
    /// Whether the item at `item` is put to a respondent of `stream` whose answers so far are
    /// `codes` (item codes in byte order).
    #[must_use]
    pub fn visible(&self, item: usize, codes: &[u8], stream: Stream) -> bool {
        self.items.get(item).is_some_and(|found| {
            found.on
                && found.streams.contains(&stream)
                && found.show_if.as_ref().is_none_or(|predicate| predicate.holds(codes))
        })
    }

    /// Whether the resident's own district is asked: never, the server stamps it.
    #[must_use]
    pub fn stamped(&self, item: usize, stream: Stream) -> bool {
        stream == Stream::Resident && self.class.area == Some(item)
    }

    /// Items of `page` that the form shows, in order.
    #[must_use]
    pub fn visible_items(&self, page: usize, codes: &[u8], stream: Stream) -> Vec<usize> {
        let items = self.pages.get(page).map_or(&[][..], |page| page.items.as_slice());
        items.iter().copied().filter(|&item| self.visible(item, codes, stream) && !self.stamped(item, stream)).collect()
    }

    /// Positions of the pages that the form shows, in order: those with a visible item, and notices
    /// of the stream.
    #[must_use]
    pub fn route(&self, codes: &[u8], stream: Stream) -> Vec<usize> {
        (0..self.pages.len())
            .filter(|&place| {
                let page = &self.pages[place];
                page.streams.contains(&stream)
                    && (page.items.is_empty() || !self.visible_items(place, codes, stream).is_empty())
            })
            .collect()
    }

    /// Position of the page `id`.
    #[must_use]
    pub fn page(&self, id: &str) -> Option<usize> {
        self.pages.iter().position(|page| page.id == id)
    }
}
