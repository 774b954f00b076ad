//! Estimates and changes as rows of a file, at full precision and in the order that the statistics
//! specification lays down. Nothing is computed here but the changes between neighbouring rounds.

use std::{collections::BTreeMap, io::Write};

use super::RoundEstimates;
use crate::{
    questionnaire::{Direction, Kind, Measure, Questionnaire},
    stats::{
        compare::{self, Better, ChangeRecord, Class, Reason, Verdict},
        domain::{Domain, DomainKind},
        estimate::EstimateRecord,
        family::{benjamini_hochberg, holm},
        weight::VarianceForm,
    },
};

const HEADER: &str = "kind,round,from,to,measure,version,domain_type,area_code,sex,age_group,scheme,variance_form,\
n_asked,n_valid,n_numerator,n_dont_know,sum_w,estimate,se,df,deff,n_eff,ci_method,ci_low,ci_high,item_nonresponse,\
diff,se_diff,z,p,p_bh,p_holm,family_size,verdict,status,reason,flags";

/// 17 significant digits, so that a number read back is the same number.
fn exact(number: f64) -> String {
    format!("{number:.16e}")
}

fn optional(number: Option<f64>) -> String {
    number.map_or_else(String::new, exact)
}

const fn better(measure: &Measure) -> Better {
    match measure.direction {
        Direction::LowerBetter => Better::Lower,
        Direction::HigherBetter => Better::Higher,
        Direction::Neutral => Better::Neither,
    }
}

pub(super) fn write(
    questionnaire: &Questionnaire,
    rounds: &[RoundEstimates],
    out: &mut impl Write,
) -> std::io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(HEADER.split(','))?;
    for round in rounds {
        for record in ordered(&round.records) {
            let measure = &questionnaire.measures()[record.measure];
            let mut cells = vec!["estimate".to_owned(), round.label.clone(), String::new(), String::new()];
            cells.extend(of_domain(measure, &record.domain, round, record.variance_form));
            cells.extend(of_estimate(measure, record));
            cells.extend(std::iter::repeat_n(String::new(), 8));
            cells.extend(status(record));
            writer.write_record(cells)?;
        }
    }
    for pair in rounds.windows(2) {
        let [earlier, later] = pair else { continue };
        for (measure, change, form, holm) in changes(questionnaire, earlier, later) {
            let mut cells = vec!["change".to_owned(), later.label.clone(), earlier.label.clone(), later.label.clone()];
            cells.extend(of_domain(measure, &change.domain, later, form));
            cells.extend(std::iter::repeat_n(String::new(), 14));
            if let Some((low, high)) = change.ci() {
                let end = cells.len();
                cells.splice(end - 4..end - 1, ["z".to_owned(), exact(low), exact(high)]);
            }
            cells.extend(of_change(measure, &change, holm));
            writer.write_record(cells)?;
        }
    }
    writer.flush()
}

/// Records by measure, then as every table has its domains.
fn ordered(records: &[EstimateRecord]) -> Vec<&EstimateRecord> {
    let mut records: Vec<&EstimateRecord> = records.iter().collect();
    records.sort_by_key(|record| record.measure);
    records
}

fn of_domain(measure: &Measure, domain: &Domain, round: &RoundEstimates, form: VarianceForm) -> Vec<String> {
    let part = |part: &Option<String>| part.clone().unwrap_or_default();
    vec![
        measure.id.clone(),
        measure.version.to_string(),
        domain.kind.key().to_owned(),
        part(&domain.area),
        part(&domain.sex),
        part(&domain.age),
        round.weights.scheme.key().to_owned(),
        form.key().to_owned(),
    ]
}

fn of_estimate(measure: &Measure, record: &EstimateRecord) -> Vec<String> {
    let composite = matches!(measure.kind, Kind::Composite { .. });
    let method = match (record.ci, record.ci_method) {
        (None, _) => "",
        (Some(_), Some(method)) => method.key(),
        (Some(_), None) => "z",
    };
    vec![
        record.asked.to_string(),
        record.valid.to_string(),
        record.ones.map_or_else(String::new, |ones| ones.to_string()),
        if composite { String::new() } else { record.dont_know.to_string() },
        exact(record.sum_w),
        optional(record.estimate),
        optional(record.se),
        record.df.map_or_else(String::new, |df| df.to_string()),
        optional(record.deff),
        optional(record.n_eff),
        method.to_owned(),
        optional(record.ci.map(|(low, _)| low)),
        optional(record.ci.map(|(_, high)| high)),
        optional(record.nonresponse),
    ]
}

fn status(record: &EstimateRecord) -> [String; 3] {
    let code = record.missing.map_or("", |missing| missing.code());
    let status = if record.estimate.is_none() { "." } else { "" };
    let flags = if record.homogeneous { "homogeneous" } else { "" };
    [status.to_owned(), code.to_owned(), flags.to_owned()]
}

fn of_change(measure: &Measure, change: &ChangeRecord, holm: Option<f64>) -> Vec<String> {
    let verdict = match change.verdict(better(measure)) {
        None => "",
        Some(Verdict::Improved) => "improved",
        Some(Verdict::Worse) => "worse",
        Some(Verdict::NoEstablishedChange) => "no_established_change",
        Some(Verdict::NotComparable) => "not_comparable",
    };
    let reasons: Vec<&str> = change.reasons.iter().map(|reason| reason.code.as_str()).collect();
    vec![
        optional(change.diff.map(|(diff, _)| diff)),
        optional(change.diff.map(|(_, se)| se)),
        optional(change.test.map(|(z, _)| z)),
        optional(change.test.map(|(_, p)| p)),
        optional(change.p_adjusted),
        optional(holm),
        change.family.to_string(),
        verdict.to_owned(),
        if change.diff.is_none() { "." } else { "" }.to_owned(),
        reasons.join(";"),
        String::new(),
    ]
}

/// Changes of every measure and domain that both rounds have, with both adjustments of each family:
/// all domains of one type, one measure.
fn changes<'q>(
    questionnaire: &'q Questionnaire,
    earlier: &RoundEstimates,
    later: &RoundEstimates,
) -> Vec<(&'q Measure, ChangeRecord, VarianceForm, Option<f64>)> {
    let weighted = [earlier, later].map(|round| round.weights.key());
    let reasons: Vec<Reason> = (weighted[0] != weighted[1])
        .then(|| Reason::new("weighting", Class::Soft, weighted.join(" and ")))
        .into_iter()
        .collect();
    let old: BTreeMap<(usize, &Domain), &EstimateRecord> =
        earlier.records.iter().map(|record| ((record.measure, &record.domain), record)).collect();
    let mut all = Vec::new();
    for (place, measure) in questionnaire.measures().iter().enumerate() {
        for kind in DomainKind::ALL {
            let mut family: Vec<(ChangeRecord, VarianceForm)> = later
                .records
                .iter()
                .filter(|record| record.measure == place && record.domain.kind == kind)
                .filter_map(|record| {
                    let earlier = old.get(&(place, &record.domain))?;
                    Some((compare::change(earlier, record, reasons.clone()), record.variance_form))
                })
                .collect();
            let p: Vec<Option<f64>> = family.iter().map(|(change, _)| change.test.map(|(_, p)| p)).collect();
            let size = p.iter().flatten().count();
            for (((mut change, form), bh), holm) in family.drain(..).zip(benjamini_hochberg(&p)).zip(holm(&p)) {
                change.p_adjusted = bh;
                change.family = size;
                all.push((measure, change, form, holm));
            }
        }
    }
    all
}
