//! The areas that a release is for, where they are newer than those its round was held on: whether the
//! round's answers allow them, and which of its districts make up each. No figure is here.

use super::ReleaseError;
use crate::{
    service::{
        areas::{self, AreasError},
        crosswalks,
        estimation::Material,
        rounds::RoundError,
    },
    store::{StoreError, Tx},
    survey::{
        area::{Obstacle, Redrawn},
        round::AreaSetRef,
    },
};

/// Why a round cannot be told for newer areas.
#[derive(Debug, thiserror::Error)]
pub enum AreasRefused {
    /// No such areas.
    #[error("area_set_unknown: no area set {0} is imported; `trygg areas import DIR` does it")]
    Unknown(AreaSetRef),
    /// Nobody has said how they lie.
    #[error(
        "crosswalk_missing: it is not known how the districts of {from} lie in {to}; `trygg areas crosswalk import` \
         tells it"
    )]
    NoCrosswalk {
        /// The areas that the round was held on.
        from: AreaSetRef,
        /// The areas that are wanted.
        to: AreaSetRef,
    },
    /// The answers do not tell.
    #[error("areas_split: a round of {from} cannot be told for {to}: {obstacle}")]
    Split {
        /// The areas that the round was held on.
        from: AreaSetRef,
        /// The areas that are wanted.
        to: AreaSetRef,
        /// The districts that are split.
        obstacle: Obstacle,
    },
}

impl AreasRefused {
    /// Stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "area_set_unknown",
            Self::NoCrosswalk { .. } => "crosswalk_missing",
            Self::Split { .. } => "areas_split",
        }
    }
}

/// How a round that was held on `from` is told for the areas that are `wanted`, by the newest crosswalk;
/// nothing where they are its own.
pub(super) async fn choose(
    tx: &mut Tx,
    from: &AreaSetRef,
    wanted: Option<&AreaSetRef>,
) -> Result<Option<Redrawn>, ReleaseError> {
    let Some(to) = wanted.filter(|wanted| *wanted != from) else { return Ok(None) };
    match areas::area_set(tx, &to.id, &to.version).await {
        Err(AreasError::UnknownSet(..)) => return Err(AreasRefused::Unknown(to.clone()).into()),
        found => found.map_err(RoundError::from)?,
    };
    let (from, to) = (from.clone(), to.clone());
    let Some((walk, crosswalk)) = crosswalks::newest(tx, &from, &to).await? else {
        return Err(AreasRefused::NoCrosswalk { from, to }.into());
    };
    if let Some(obstacle) = walk.obstacle() {
        return Err(AreasRefused::Split { from, to, obstacle }.into());
    }
    Ok(Some(Redrawn { from, to, crosswalk }))
}

/// Lets the tables of `material` be for the newer areas. People stay sampled and weighted in their own.
pub(super) async fn redraw(tx: &mut Tx, redrawn: &Redrawn, material: &mut Material) -> Result<(), ReleaseError> {
    let set = areas::area_set(tx, &redrawn.to.id, &redrawn.to.version).await.map_err(RoundError::from)?;
    let merges = crosswalks::find(tx, redrawn).await?.merges();
    let mut merges = merges.ok_or_else(|| StoreError::inconsistent("crosswalks", "document"))?;
    // An area in which nobody lived holds no district: by name, lest it be taken for an old one of its code.
    let parts = set.districts().map(|area| {
        let districts = merges.remove(&area.code).unwrap_or_default();
        (area.code.clone(), districts.into_iter().collect())
    });
    material.parts = parts.collect();
    material.shown = set;
    Ok(())
}
