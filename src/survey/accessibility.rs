//! The accessibility statement that the law asks for, as checked-in data: how far the pages hold, what
//! does not, when and how that was found out. Its words are not here; they are texts of each language.

use std::sync::LazyLock;

use chrono::{Months, NaiveDate};
use serde::Deserialize;

use super::round::day;

/// How far the pages hold what WCAG 2.2 AA asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Conformance {
    /// All of it.
    Full,
    /// All but the defects.
    Partial,
    /// Most of it does not.
    None,
}

/// Who assessed the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Assessor {
    /// Those who build the service.
    #[serde(rename = "self")]
    Own,
    /// Somebody else.
    External,
}

/// The last walk of a browser over the pages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tested {
    /// When.
    #[serde(deserialize_with = "day")]
    pub on: NaiveDate,
    /// Pages, each counted once for a language and a width.
    pub pages: u32,
    /// What the tools found.
    pub violations: u32,
    /// Names and versions of the tools.
    pub tools: Vec<String>,
}

/// Content that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Defect {
    /// Key of its text.
    pub id: String,
    /// Success criterion of WCAG 2.2.
    pub criterion: String,
}

/// The statement.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// How far the pages hold.
    pub conformance: Conformance,
    /// Day of the assessment.
    #[serde(deserialize_with = "day")]
    pub assessed_on: NaiveDate,
    /// Day of the last change of this statement.
    #[serde(deserialize_with = "day")]
    pub updated_on: NaiveDate,
    /// Who assessed.
    pub method: Assessor,
    /// Day on which people walked it with screen readers.
    #[serde(default, deserialize_with = "super::round::some_day")]
    pub by_people_on: Option<NaiveDate>,
    /// The last walk of a browser.
    pub tested: Tested,
    /// Everything that does not hold.
    #[serde(default)]
    pub defects: Vec<Defect>,
}

/// How old an assessment may be.
const VALID: Months = Months::new(12);

impl Statement {
    /// Reads a statement.
    ///
    /// # Errors
    /// What does not fit, with its line.
    pub fn parse(text: &str) -> Result<Self, String> {
        let statement: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        if (statement.conformance == Conformance::Full) != statement.defects.is_empty() {
            return Err("conformance is full if and only if no defect is listed".to_owned());
        }
        if statement.updated_on < statement.assessed_on {
            return Err("updated_on is before assessed_on".to_owned());
        }
        Ok(statement)
    }

    /// The statement of this program.
    ///
    /// # Errors
    /// What does not fit; a test keeps that from being shipped.
    pub fn shipped() -> Result<&'static Self, &'static str> {
        static SHIPPED: LazyLock<Result<Statement, String>> =
            LazyLock::new(|| Statement::parse(include_str!("accessibility/statement.toml")));
        SHIPPED.as_ref().map_err(String::as_str)
    }

    /// Whether the assessment is of the twelve months before `today`.
    #[must_use]
    pub fn is_current(&self, today: NaiveDate) -> bool {
        self.assessed_on.checked_add_months(VALID).is_some_and(|end| today <= end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shipped_fits_and_names_what_does_not_hold() {
        let statement = Statement::shipped().expect("a statement");
        assert!(
            statement.by_people_on.is_some() || statement.defects.iter().any(|defect| defect.id == "screen-readers")
        );
        assert!(statement.tested.on >= statement.assessed_on || statement.tested.pages == 0);
    }

    #[test]
    fn the_shipped_assessment_is_of_the_last_twelve_months() {
        #[expect(clippy::disallowed_methods, reason = "the one test that has to know the day")]
        let today = chrono::Utc::now().date_naive();
        assert!(Statement::shipped().expect("a statement").is_current(today), "assess the pages again");
    }

    #[test]
    fn an_assessment_lasts_twelve_months() {
        let statement = Statement::shipped().expect("a statement").clone();
        let on = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).expect("a date");
        let statement = Statement { assessed_on: on(2026, 11, 25), ..statement };
        assert!(statement.is_current(on(2027, 11, 25)) && !statement.is_current(on(2027, 11, 26)));
    }

    #[test]
    fn a_statement_that_contradicts_itself_is_refused() {
        let text = include_str!("accessibility/statement.toml");
        let refused = |from: &str, to: &str| Statement::parse(&text.replace(from, to)).expect_err("a contradiction");
        assert!(refused("\"partial\"", "\"full\"").contains("no defect"));
        assert!(refused("updated_on = 2026", "updated_on = 2025").contains("before"));
        assert!(refused("\"partial\"", "\"mostly\"").contains("mostly"));
        assert!(refused("method", "methods").contains("methods"));
    }
}
