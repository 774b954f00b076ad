//! What a reviewer should look at in a questionnaire that has no fault.

use crate::questionnaire::{Questionnaire, Stream, Warning};

impl Questionnaire {
    /// What a reviewer should look at.
    #[must_use]
    pub fn warnings(&self) -> Vec<Warning> {
        let mut warnings = Vec::new();
        let class = [self.class.area, self.class.sex.map(|sex| sex.item), self.class.age, self.class.tenure];
        for (place, item) in self.items.iter().enumerate() {
            let used = self.measures.iter().any(|m| m.dont_know_of.is_none() && m.items.contains(&place))
                || class.contains(&Some(place))
                || self.items.iter().any(|other| other.show_if.as_ref().is_some_and(|p| p.items().contains(&place)));
            if item.on && item.streams.contains(&Stream::Resident) && !used {
                let detail = format!("{} serves no index, table or weight: should it be asked?", item.id);
                warnings.push(Warning { code: "item_unused", detail });
            }
        }
        // The resident's district is stamped, not asked.
        let always = (0..self.items.len()).filter(|&place| {
            let item = &self.items[place];
            let resident = item.streams.contains(&Stream::Resident) && !self.stamped(place, Stream::Resident);
            item.on && resident && item.show_if.is_none()
        });
        let count = always.count();
        if count > 60 {
            let detail = format!("{count} items are always asked; above 60 people leave");
            warnings.push(Warning { code: "too_long", detail });
        }
        warnings
    }
}
