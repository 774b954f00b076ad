//! 95 % intervals of means and shares.

use super::quantile::{Z, beta, student_t};

/// Lower and upper bound.
pub type Bounds = (f64, f64);

/// est ∓ z·se: means of points, composites, differences. Not clamped.
#[must_use]
pub fn normal(estimate: f64, se: f64) -> Bounds {
    (estimate - Z * se, estimate + Z * se)
}

/// Half-width z·√(deff·p(1−p)/n) that a share p of n answers may be expected to have: for planning, and
/// to read figures by. On the scale of p; nothing without answers or below a design effect of 0.
///
/// Source: the normal interval of a simple random sample, times the root of the design effect.
#[must_use]
pub fn expected_half_width(p: f64, n: f64, deff: f64) -> Option<f64> {
    (n > 0.0 && deff >= 0.0 && (0.0..=1.0).contains(&p)).then(|| Z * (deff * p * (1.0 - p) / n).sqrt())
}

/// Logit interval of a share: L = ln(p/(1−p)), half = t·se/(p(1−p)), t = t(0.975, df).
/// Nothing at p = 0 or 1.
///
/// Source: `svyciprop(method = "xlogit")` [R `survey`].
#[must_use]
pub fn xlogit(p: f64, se: f64, df: f64) -> Option<Bounds> {
    if !(p > 0.0 && p < 1.0) {
        return None;
    }
    let half = student_t(0.975, df)? * se / (p * (1.0 - p));
    let logit = (p / (1.0 - p)).ln();
    let back = |x: f64| 1.0 / (1.0 + (-x).exp());
    Some((back(logit - half), back(logit + half)))
}

/// Korn-Graubard interval of a share: Clopper-Pearson on the effective count
/// n* = p(1−p)/se² · (t(0.975, rows−1)/t(0.975, df))². Nothing if se = 0.
///
/// Source: Korn and Graubard (1998); `svyciprop(method = "beta")` [R `survey`].
#[must_use]
pub fn korn_graubard(p: f64, se: f64, rows: f64, df: f64) -> Option<Bounds> {
    if se <= 0.0 {
        return None;
    }
    let ratio = student_t(0.975, rows - 1.0)? / student_t(0.975, df)?;
    clopper_pearson(p, p * (1.0 - p) / (se * se) * ratio * ratio)
}

/// Clopper-Pearson interval of a share p of n answers; n need not be whole.
///
/// Source: Clopper and Pearson (1934), by Beta quantiles.
#[must_use]
pub fn clopper_pearson(p: f64, n: f64) -> Option<Bounds> {
    if !(n > 0.0 && (0.0..=1.0).contains(&p)) {
        return None;
    }
    let lower = if p <= 0.0 { 0.0 } else { beta(0.025, n * p, n * (1.0 - p) + 1.0)? };
    let upper = if p >= 1.0 { 1.0 } else { beta(0.975, n * p + 1.0, n * (1.0 - p))? };
    Some((lower, upper))
}

/// Wilson interval of a share p of n answers with quantile t.
///
/// Source: Wilson (1927).
#[must_use]
pub fn wilson(p: f64, n: f64, t: f64) -> Option<Bounds> {
    if n <= 0.0 {
        return None;
    }
    let centre = p + t * t / (2.0 * n);
    let half = t * (p * (1.0 - p) / n + t * t / (4.0 * n * n)).sqrt();
    let below = 1.0 + t * t / n;
    Some(((centre - half) / below, (centre + half) / below))
}

/// How an interval was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// est ∓ z·se.
    Z,
    /// Logit with t.
    Xlogit,
    /// Korn-Graubard.
    KornGraubard,
    /// Clopper-Pearson.
    ClopperPearson,
}

impl Method {
    /// Key in files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Z => "z",
            Self::Xlogit => "xlogit",
            Self::KornGraubard => "korn_graubard",
            Self::ClopperPearson => "clopper_pearson",
        }
    }
}

/// Effective answers on either side of a share below which its interval is not the logit one.
pub const LEAST_SIDE: f64 = 10.0;

/// The interval of a share by the product's rule: Clopper-Pearson at 0 and 1, Korn-Graubard where
/// the effective count of either side is below [`LEAST_SIDE`], else logit.
#[must_use]
pub fn of_share(p: f64, se: f64, valid: f64, df: f64) -> Option<(Bounds, Method)> {
    if p <= 0.0 || p >= 1.0 {
        return Some((clopper_pearson(p, valid)?, Method::ClopperPearson));
    }
    if se <= 0.0 {
        return None;
    }
    let effective = p * (1.0 - p) / (se * se);
    if p * effective < LEAST_SIDE || (1.0 - p) * effective < LEAST_SIDE {
        Some((korn_graubard(p, se, valid, df)?, Method::KornGraubard))
    } else {
        Some((xlogit(p, se, df)?, Method::Xlogit))
    }
}
