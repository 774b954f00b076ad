//! Values that were printed before this service, kept as printed beside a number. Several values of
//! one period stay side by side; none has a standard error, none is joined to our estimates.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    breaks::Code,
    import::{Faults, Imported},
    table::{self, Row, Table},
};
use crate::{questionnaire::Direction, stats::compare::Reason};

/// A unit that a printed value may have.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PrintedUnit {
    /// Percent of people.
    Percent,
    /// An index between two end points.
    Index {
        /// Lowest value of the scale.
        from: f64,
        /// Highest value of the scale.
        to: f64,
    },
    /// A number of events or people.
    Count,
    /// Events per 100 000 inhabitants.
    Rate,
}

impl PrintedUnit {
    /// `percent`, `index 0-6`, `points 0-100`, `count`, `rate`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "percent" => return Some(Self::Percent),
            "count" => return Some(Self::Count),
            "rate" => return Some(Self::Rate),
            _ => {}
        }
        let scale = text.strip_prefix("index ").or_else(|| text.strip_prefix("points "))?;
        let (from, to) = scale.split_once('-')?;
        let (from, to) = (table::number(from)?, table::number(to)?);
        (from < to).then_some(Self::Index { from, to })
    }
}

/// One printed value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PrintedValue {
    /// Series, such as `LULEA-PI`.
    pub series: String,
    /// Period, as text.
    pub period: String,
    /// Code of the area.
    pub area: String,
    /// Group of people, `all` for everyone.
    pub group: String,
    /// The value exactly as printed.
    pub printed: String,
    /// The number that it stands for.
    pub value: f64,
    /// Unit.
    pub unit: PrintedUnit,
    /// Which way is better.
    pub direction: Direction,
    /// Who printed it.
    pub source: String,
    /// Remark.
    pub note: String,
}

/// Printed values, in the file's order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct History {
    /// The values.
    pub values: Vec<PrintedValue>,
    /// When somebody last looked them up.
    pub retrieved_on: Option<NaiveDate>,
}

const COLUMNS: [&str; 9] = ["series", "period", "area", "group", "printed", "unit", "direction", "source", "note"];

impl History {
    /// Reads `series,period,area,group,printed,unit,direction,source,note`.
    ///
    /// # Errors
    /// `printed_not_number`, `unit_unknown`, `direction_missing`, `source_missing`, `row_duplicate`
    /// (the same value of the same source twice) and the common refusals; every fault at once.
    pub fn from_csv(bytes: &[u8], retrieved_on: Option<NaiveDate>) -> Imported<Self> {
        let table = Table::read(bytes)?;
        table.require(&COLUMNS)?;
        let mut faults = Faults::default();
        let mut values: Vec<PrintedValue> = Vec::new();
        for row in table.rows() {
            let Some(value) = read(row, &mut faults) else { continue };
            if values.contains(&value) {
                faults.add(row.fault("row_duplicate", "printed", "give a value of a source once"));
            } else {
                values.push(value);
            }
        }
        faults.finish(Self { values, retrieved_on })
    }

    /// Names of the series, in the file's order.
    #[must_use]
    pub fn series(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for value in &self.values {
            if !names.contains(&value.series.as_str()) {
                names.push(&value.series);
            }
        }
        names
    }

    /// Every value that was printed of a series, period and area.
    pub fn printed<'a>(&'a self, series: &str, period: &str, area: &str) -> impl Iterator<Item = &'a PrintedValue> {
        self.values.iter().filter(move |v| v.series == series && v.period == period && v.area == area)
    }

    /// Whether different texts were printed of one series, period and area for everyone
    /// (`ambiguous_history`): until staff mark one, the period has no value that holds.
    #[must_use]
    pub fn ambiguous(&self, series: &str, period: &str, area: &str) -> bool {
        let everyone = self.printed(series, period, area).filter(|value| value.group == "all");
        let mut printed = everyone.map(|value| value.printed.as_str());
        printed.next().is_some_and(|first| printed.any(|other| other != first))
    }

    /// Why no change between two periods is told; never empty, since nothing printed has a standard
    /// error. `marked` tells whether staff have marked a value of a period.
    #[must_use]
    pub fn reasons(
        &self,
        series: &str,
        area: &str,
        periods: (&str, &str),
        marked: impl Fn(&str) -> bool,
    ) -> Vec<Reason> {
        let mut reasons = Vec::new();
        let mut add = |code: Code, detail: String| reasons.push(Reason::new(code.key(), code.class(), detail));
        for period in [periods.0, periods.1] {
            let printed: Vec<&str> = self.printed(series, period, area).map(|value| value.printed.as_str()).collect();
            if printed.is_empty() {
                add(Code::NotAsked, period.to_owned());
            } else if self.ambiguous(series, period, area) && !marked(period) {
                add(Code::AmbiguousHistory, format!("{period}: {}", printed.join(", ")));
            }
        }
        if let (Some(one), Some(other)) = (window(periods.0), window(periods.1))
            && one != other
            && one.0 <= other.1
            && other.0 <= one.1
        {
            add(Code::PooledOverlap, format!("{} and {}", periods.0, periods.1));
        }
        add(Code::NoVariance, String::new());
        reasons
    }
}

/// First and last year of a pooled period such as `2017-2020`; a single year is no pool.
fn window(period: &str) -> Option<(u16, u16)> {
    let (first, last) = period.split_once('-')?;
    let year = |text: &str| if text.len() == 4 { text.parse::<u16>().ok() } else { None };
    let (first, last) = (year(first)?, year(last)?);
    (first < last).then_some((first, last))
}

fn read(row: Row<'_>, faults: &mut Faults) -> Option<PrintedValue> {
    let mut text = |column| faults.keep(row.filled(column)).map(str::to_owned);
    let (series, period, area, group, printed) =
        (text("series"), text("period"), text("area"), text("group"), text("printed"));
    let number = |printed: &String| {
        table::number(printed).ok_or_else(|| row.fault("printed_not_number", "printed", "give the number as printed"))
    };
    let value = printed.as_ref().and_then(|printed| faults.keep(number(printed)));
    let unit = PrintedUnit::parse(row.get("unit"))
        .ok_or_else(|| row.fault("unit_unknown", "unit", "write percent, index A-B, points A-B, count or rate"));
    let direction = match row.get("direction") {
        "lower_better" => Ok(Direction::LowerBetter),
        "higher_better" => Ok(Direction::HigherBetter),
        "neutral" => Ok(Direction::Neutral),
        _ => Err(row.fault("direction_missing", "direction", "write lower_better, higher_better or neutral")),
    };
    let source = match row.get("source") {
        "" => Err(row.fault("source_missing", "source", "name who printed the value")),
        source => Ok(source.to_owned()),
    };
    let (unit, direction, source) = (faults.keep(unit), faults.keep(direction), faults.keep(source));
    Some(PrintedValue {
        series: series?,
        period: period?,
        area: area?,
        group: group?,
        printed: printed?,
        value: value?,
        unit: unit?,
        direction: direction?,
        source: source?,
        note: row.get("note").to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const HEAD: &str = "series,period,area,group,printed,unit,direction,source,note\n";
    const LULEA: &str = "\
LULEA-PI,2016,2580,all,1.21,index 0-6,lower_better,Luleå kommun,
LULEA-PI,2016,2580,all,1.2,index 0-6,lower_better,Luleå Mål 2040 indicator portal,
LULEA-PI,2019,2580,all,1.37,index 0-6,lower_better,Vårt Luleå (winter 2019/20),contradicts the two below
LULEA-PI,2019,2580,all,1.40,index 0-6,lower_better,Vårt Luleå (2024),contradicts 1.37
LULEA-PI,2019,2580,all,1.4,index 0-6,lower_better,Luleå Mål 2040 indicator portal,contradicts 1.37
LULEA-PI,2012,2580,all,1.4,index 0-6,lower_better,Luleå kommun,
LULEA-RECOM,2016,2580,all,91,percent,higher_better,Luleå kommun,would recommend the area
";

    fn history(rows: &str) -> Imported<History> {
        History::from_csv(format!("{HEAD}{rows}").as_bytes(), None)
    }

    #[test]
    fn values_of_one_period_stay_side_by_side_as_printed() {
        let history = history(LULEA).unwrap();
        let printed = |period| -> Vec<&str> {
            history.printed("LULEA-PI", period, "2580").map(|value| value.printed.as_str()).collect()
        };
        assert_eq!(printed("2019"), ["1.37", "1.40", "1.4"]);
        assert_eq!(printed("2016"), ["1.21", "1.2"]);
        assert_eq!(history.series(), ["LULEA-PI", "LULEA-RECOM"]);
        assert!(history.ambiguous("LULEA-PI", "2019", "2580"));
        assert!(!history.ambiguous("LULEA-PI", "2012", "2580"));
        assert!(!history.ambiguous("LULEA-PI", "2030", "2580"));
        assert_eq!(history.values[0].unit, PrintedUnit::Index { from: 0.0, to: 6.0 });
    }

    #[rstest]
    #[case("S,2016,2580,all,about 1,percent,lower_better,A,\n", "printed_not_number")]
    #[case("S,2016,2580,all,1,per mille,lower_better,A,\n", "unit_unknown")]
    #[case("S,2016,2580,all,1,index 6-0,lower_better,A,\n", "unit_unknown")]
    #[case("S,2016,2580,all,1,percent,,A,\n", "direction_missing")]
    #[case("S,2016,2580,all,1,percent,lower_better,,\n", "source_missing")]
    #[case("S,,2580,all,1,percent,lower_better,A,\n", "cell_empty")]
    #[case("S,2016,2580,all,1,percent,neutral,A,\nS,2016,2580,all,1,percent,neutral,A,\n", "row_duplicate")]
    fn each_refusal_has_its_smallest_file(#[case] rows: &str, #[case] code: &str) {
        let faults = history(rows).unwrap_err();
        assert_eq!(faults.iter().map(|fault| fault.code).collect::<Vec<_>>(), [code]);
    }

    #[test]
    fn stored_history_is_read_back() {
        let history = history(LULEA).unwrap();
        let text = serde_json::to_string(&history).unwrap();
        assert_eq!(serde_json::from_str::<History>(&text).unwrap(), history);
    }
}
