//! Whom a figure is of, in words. No figure is here.

use crate::{
    stats::domain::Domain,
    survey::release::{Figures, Label, name_in},
    web::i18n::Locale,
};

/// Area, sex, age and tenure, as the release names them.
#[must_use]
pub fn group(locale: Locale, figures: &Figures, domain: &Domain) -> String {
    let head = figures.head();
    let area = domain.area.as_deref().unwrap_or_else(|| figures.total());
    let named = |labels: &[Label], code: &str| {
        let label = labels.iter().find(|label| label.code == code);
        label.map_or_else(|| code.to_owned(), |label| name_in(&label.names, locale.tag()).to_owned())
    };
    let classes = [(&head.sexes, &domain.sex), (&head.ages, &domain.age), (&head.tenures, &domain.tenure)];
    let mut parts = vec![named(&head.areas, area)];
    parts.extend(classes.into_iter().filter_map(|(labels, code)| Some(named(labels, code.as_deref()?))));
    parts.join(", ")
}
