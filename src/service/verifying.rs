//! Recomputing a release: composed again of what is stored, it must be the same to the byte. Signature
//! and hash need no database; they are the release's own (`survey::release`).

use serde_json::Value;

use super::{
    Office,
    releasing::{self, ReleaseError},
    rounds::{self, RoundError},
    signing,
};
use crate::{
    questionnaire::hexadecimal,
    store::StoreError,
    survey::{
        release::{Damaged, Release},
        round::Stage,
    },
};

/// Why a release is not found to be what it should be.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// The file.
    #[error("{code}: {0}", code = .0.code())]
    Damaged(#[from] Damaged),
    /// The database has no such release.
    #[error("release_unknown: this database has no release {0}")]
    Unknown(String),
    /// The database has another release of this id.
    #[error("release_other: this database has another release {0}, with the SHA-256 {1}")]
    Other(String, String),
    /// Made before it was kept what a release is composed of.
    #[error("inputs_absent: what {0} was composed of was not kept then")]
    NoInputs(String),
    /// Responses are kept no longer.
    #[error(
        "responses_gone: {0} is signed and unaltered, but cannot be recomputed: its round is archived, and its \
         Responses with it"
    )]
    ResponsesGone(String),
    /// Composed again it is another.
    #[error("release_differs: composed again, {release} differs at {place}: it says {published}, computed is {found}")]
    Differs {
        /// Its id.
        release: String,
        /// JSON Pointer into the body.
        place: String,
        /// What the release says there.
        published: String,
        /// What was computed now.
        found: String,
    },
    /// It cannot be composed.
    #[error(transparent)]
    Release(#[from] ReleaseError),
}

impl From<StoreError> for VerifyError {
    fn from(error: StoreError) -> Self {
        Self::Release(error.into())
    }
}

/// Composes `release` again of what the office's database holds, with the publication plan, the ledger
/// and the program's name as they were, and compares to the byte.
///
/// # Errors
/// [`VerifyError`], with the first place that differs.
pub async fn recompute(office: &Office, release: &Release) -> Result<(), VerifyError> {
    let id = &release.head().id;
    let (stored, candidate) = {
        let mut tx = office.database.read().await?;
        (tx.releases().find(id).await?, tx.candidates().find(id).await?)
    };
    let stored = stored.ok_or_else(|| VerifyError::Unknown(id.clone()))?;
    if stored.head.hash != *release.hash() {
        return Err(VerifyError::Other(id.clone(), hexadecimal(&stored.head.hash)));
    }
    let inputs = signing::inputs_of(&candidate.ok_or_else(|| VerifyError::NoInputs(id.clone()))?)?;
    let round = rounds::find(office, &inputs.round.plan.slug).await?;
    let kept = office.database.read().await?.responses().count(round.id).await?;
    if kept == 0 || matches!(round.stage(), Stage::Archived) {
        return Err(VerifyError::ResponsesGone(id.clone()));
    }
    let again = Box::pin(releasing::compose(office, &inputs)).await?.body;
    if again.bytes() == release.body() {
        return Ok(());
    }
    let read = |bytes: &[u8]| serde_json::from_slice(bytes).map_err(Damaged::from);
    let (published, found): (Value, Value) = (read(release.body())?, read(again.bytes())?);
    let place = first_difference(&published, &found);
    let at = |value: &Value| value.pointer(&place).map_or_else(|| "nothing".to_owned(), brief);
    Err(VerifyError::Differs { release: id.clone(), published: at(&published), found: at(&found), place })
}

/// JSON Pointer of the first value that differs, in the order of the first.
fn first_difference(one: &Value, other: &Value) -> String {
    let mut place = String::new();
    let (mut one, mut other) = (one, other);
    loop {
        let deeper = match (one, other) {
            (Value::Object(left), Value::Object(right)) => {
                let keys = left.keys().chain(right.keys());
                let mut keys = keys.filter(|key| left.get(*key) != right.get(*key));
                keys.next().map(|key| (key.replace('~', "~0").replace('/', "~1"), left.get(key), right.get(key)))
            }
            (Value::Array(left), Value::Array(right)) => (0..left.len().max(right.len()))
                .find(|&at| left.get(at) != right.get(at))
                .map(|at| (at.to_string(), left.get(at), right.get(at))),
            _ => None,
        };
        let Some((step, left, right)) = deeper else { return place };
        place.push('/');
        place.push_str(&step);
        let (Some(left), Some(right)) = (left, right) else { return place };
        (one, other) = (left, right);
    }
}

/// A value as text, cut where it is long.
fn brief(value: &Value) -> String {
    const MOST: usize = 120;
    let text = value.to_string();
    if text.chars().count() > MOST { text.chars().take(MOST).chain(['…']).collect() } else { text }
}

impl From<RoundError> for VerifyError {
    fn from(error: RoundError) -> Self {
        Self::Release(error.into())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_first_difference_is_told_by_its_place() {
        let one = json!({"head": {"a/b": 1}, "table": [{"value": 1.5}, {"value": null}]});
        for (path, changed) in [("/head/a~1b", json!(2)), ("/table/1/value", json!(0)), ("/table/0", json!(null))] {
            let mut other = one.clone();
            *other.pointer_mut(path).expect("a place") = changed;
            assert_eq!(first_difference(&one, &other), path);
            assert_eq!(first_difference(&other, &one), path);
        }
        let shorter = json!({"head": {"a/b": 1}, "table": [{"value": 1.5}]});
        assert_eq!(first_difference(&one, &shorter), "/table/1");
        assert_eq!(first_difference(&shorter, &one), "/table/1");
    }
}
