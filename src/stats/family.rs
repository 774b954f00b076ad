//! Adjusted p-values of a family of tests. Tests without p leave the family.

/// Benjamini-Hochberg (1995): p̃₍ᵢ₎ = min over j ≥ i of min(1, m·p₍ⱼ₎/j).
#[must_use]
pub fn benjamini_hochberg(p: &[Option<f64>]) -> Vec<Option<f64>> {
    adjusted(p, |ranked, m| {
        let mut least = 1.0_f64;
        for rank in (0..ranked.len()).rev() {
            least = least.min(m / super::fold::real(rank as u64 + 1) * ranked[rank]);
            ranked[rank] = least;
        }
    })
}

/// Holm (1979): p̃₍ᵢ₎ = max over j ≤ i of min(1, (m − j + 1)·p₍ⱼ₎).
#[must_use]
pub fn holm(p: &[Option<f64>]) -> Vec<Option<f64>> {
    adjusted(p, |ranked, m| {
        let mut most = 0.0_f64;
        for (rank, p) in ranked.iter_mut().enumerate() {
            most = most.max((*p * (m - super::fold::real(rank as u64))).min(1.0));
            *p = most;
        }
    })
}

fn adjusted(p: &[Option<f64>], adjust: impl Fn(&mut [f64], f64)) -> Vec<Option<f64>> {
    let mut order: Vec<(usize, f64)> = p.iter().enumerate().filter_map(|(place, p)| Some((place, (*p)?))).collect();
    order.sort_by(|left, right| left.1.total_cmp(&right.1));
    let mut ranked: Vec<f64> = order.iter().map(|(_, p)| *p).collect();
    adjust(&mut ranked, super::fold::real(order.len() as u64));
    let mut out = vec![None; p.len()];
    for ((place, _), p) in order.into_iter().zip(ranked) {
        out[place] = Some(p);
    }
    out
}
