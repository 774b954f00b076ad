//! Values that were printed before this service, kept as printed beside a number. Several values of
//! one period stay side by side; none has a standard error, none is joined to our estimates.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    import::{Faults, Imported},
    table::{self, Row, Table},
};
use crate::questionnaire::Direction;

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

impl PrintedValue {
    /// Decimals that were printed.
    #[must_use]
    pub fn decimals(&self) -> usize {
        let fraction = self.printed.split(['.', ',']).nth(1).unwrap_or_default();
        fraction.chars().take_while(char::is_ascii_digit).count()
    }
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

    /// The different figures behind what was printed for everyone in a period: a value with fewer
    /// decimals that is only the rounding of a finer one says nothing of its own.
    #[must_use]
    pub fn figures<'a>(&'a self, series: &str, period: &str, area: &str) -> Vec<&'a PrintedValue> {
        let printed: Vec<&PrintedValue> = self.printed(series, period, area).filter(|v| v.group == "all").collect();
        let mut figures: Vec<&PrintedValue> = Vec::new();
        for value in &printed {
            let rounds = |finer: &&PrintedValue| {
                let (coarse, fine) = (value.decimals(), finer.decimals());
                let scale = 10_f64.powi(i32::try_from(coarse).unwrap_or(0));
                coarse < fine && ((finer.value * scale).round() - value.value * scale).abs() < 1e-6
            };
            let known = figures.iter().any(|known| (known.value - value.value).abs() < 1e-9);
            if !known && !printed.iter().any(rounds) {
                figures.push(value);
            }
        }
        figures
    }

    /// Whether different texts were printed of one series, period and area (`ambiguous_history`):
    /// until staff mark one, no change to or from it is told.
    #[must_use]
    pub fn ambiguous(&self, series: &str, period: &str, area: &str) -> bool {
        let mut printed = self.printed(series, period, area).map(|value| value.printed.as_str());
        printed.next().is_some_and(|first| printed.any(|other| other != first))
    }
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
        let figures = |period| -> Vec<f64> {
            history.figures("LULEA-PI", period, "2580").iter().map(|figure| figure.value).collect()
        };
        assert_eq!(figures("2016"), [1.21], "1.2 is 1.21, rounded");
        assert_eq!(figures("2019"), [1.37, 1.40]);
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
