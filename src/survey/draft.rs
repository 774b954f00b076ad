//! A half-filled sheet, sealed under a key that only the respondent's cookie holds. Every draft of a
//! version is equally long; whose it is stands inside.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};
use rand::CryptoRng;
use zeroize::Zeroizing;

use super::{
    admission::Admission,
    ids::{RoundId, SubmissionId},
    keys::{self, Key, SealBroken},
};
use crate::questionnaire::missing;

/// Hours after the last save.
const LIFE_HOURS: i64 = 24;
/// Days after the start.
const LONGEST_DAYS: i64 = 7;
const HEAD: usize = 16 + 8 + 8 + 8 + 8;

/// 32 random bytes that live in the respondent's cookie only. No `Debug`; zeroed when dropped.
#[derive(Clone)]
pub struct CookieKey(Key);

impl CookieKey {
    /// Wraps the cookie's bytes.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The bytes, for the cookie.
    #[must_use]
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// Under which the draft is stored.
    #[must_use]
    pub fn draft_id(&self) -> [u8; 16] {
        *keys::derive::<16>(None, self.0.as_slice(), "trygg/draft-id/1", &[])
    }

    /// The submission that sending makes, with the version bits of a UUID v4. A replay after the
    /// draft is gone still carries it.
    #[must_use]
    pub fn submission(&self) -> SubmissionId {
        let bytes = keys::derive::<16>(None, self.0.as_slice(), "trygg/submission/1", &[]);
        SubmissionId::from(uuid::Builder::from_random_bytes(*bytes).into_uuid())
    }

    fn key(&self, pepper: &[u8; 32], round: RoundId) -> Key {
        keys::derive(Some(pepper), self.0.as_slice(), "trygg/draft-key/1", round.uuid().as_bytes())
    }
}

/// An open draft.
#[derive(Clone, PartialEq, Eq)]
pub struct Draft {
    /// What began it.
    pub admission: Admission,
    started: DateTime<Utc>,
    saved: DateTime<Utc>,
    probed: u64,
    seen: u64,
    /// A byte an item: the chosen code, or 0.
    chosen: Vec<u8>,
}

impl Draft {
    /// A new draft of a version with `items` items.
    #[must_use]
    pub fn start(admission: Admission, items: usize, now: DateTime<Utc>) -> Self {
        Self { admission, started: now, saved: now, probed: 0, seen: 0, chosen: vec![0; items] }
    }

    /// The code chosen for an item.
    #[must_use]
    pub fn chosen(&self, item: usize) -> Option<u8> {
        self.chosen.get(item).copied().filter(|&code| code != 0)
    }

    /// When it was begun.
    #[must_use]
    pub const fn started(&self) -> DateTime<Utc> {
        self.started
    }

    /// Every chosen code by item.
    #[must_use]
    pub fn chosen_all(&self) -> BTreeMap<usize, u8> {
        (0..self.chosen.len()).filter_map(|item| Some((item, self.chosen(item)?))).collect()
    }

    /// Item codes for routing: what was not chosen is 95.
    #[must_use]
    pub fn codes(&self) -> Vec<u8> {
        self.chosen.iter().map(|&code| if code == 0 { missing::UNSEEN } else { code }).collect()
    }

    /// Keeps the chosen code of an item.
    pub fn choose(&mut self, item: usize, code: u8) {
        if let Some(place) = self.chosen.get_mut(item) {
            *place = code;
        }
    }

    /// Forgets the answer to an item.
    pub fn clear(&mut self, item: usize) {
        self.choose(item, 0);
    }

    /// Whether the respondent passed the page.
    #[must_use]
    pub const fn seen(&self, page: usize) -> bool {
        page < 64 && self.seen >> page & 1 == 1
    }

    /// Notes that the respondent passed the page.
    pub const fn see(&mut self, page: usize) {
        if page < 64 {
            self.seen |= 1 << page;
        }
    }

    /// Whether the page's empty items were pointed out already.
    #[must_use]
    pub const fn probed(&self, page: usize) -> bool {
        page < 64 && self.probed >> page & 1 == 1
    }

    /// Notes that the page's empty items were pointed out.
    pub const fn probe(&mut self, page: usize) {
        if page < 64 {
            self.probed |= 1 << page;
        }
    }

    /// Notes a save.
    pub const fn touch(&mut self, now: DateTime<Utc>) {
        self.saved = now;
    }

    /// When it dies: 24 hours after the last save, 7 days after the start at the latest.
    #[must_use]
    pub fn dies(&self) -> DateTime<Utc> {
        (self.saved + Duration::hours(LIFE_HOURS)).min(self.started + Duration::days(LONGEST_DAYS))
    }

    /// Whether it may still be used.
    #[must_use]
    pub fn alive(&self, now: DateTime<Utc>) -> bool {
        now < self.dies()
    }

    /// The hour since 1970 in which the sweeper takes it, rounded up: all that a dump shows of time.
    #[must_use]
    pub fn dies_hour(&self) -> i64 {
        self.dies().timestamp().div_euclid(3600) + 1
    }

    /// Seals the draft for storing.
    ///
    /// # Errors
    /// [`SealBroken`] if the cipher refuses, which no draft makes it do.
    pub fn seal(
        &self,
        key: &CookieKey,
        pepper: &[u8; 32],
        round: RoundId,
        rng: &mut impl CryptoRng,
    ) -> Result<Vec<u8>, SealBroken> {
        let mut plain = Zeroizing::new(Vec::with_capacity(HEAD + self.chosen.len()));
        plain.extend_from_slice(&self.admission.bytes());
        plain.extend_from_slice(&self.started.timestamp_micros().to_be_bytes());
        plain.extend_from_slice(&self.saved.timestamp_micros().to_be_bytes());
        plain.extend_from_slice(&self.probed.to_be_bytes());
        plain.extend_from_slice(&self.seen.to_be_bytes());
        plain.extend_from_slice(&self.chosen);
        let mut nonce = [0_u8; 12];
        rng.fill_bytes(&mut nonce);
        let mut sealed = nonce.to_vec();
        sealed.extend(keys::seal(&key.key(pepper, round), nonce, &aad(key, round), &plain)?);
        Ok(sealed)
    }

    /// Opens a stored draft of a version with `items` items.
    ///
    /// # Errors
    /// [`SealBroken`] for another cookie, round or version, or altered bytes.
    pub fn open(
        sealed: &[u8],
        key: &CookieKey,
        pepper: &[u8; 32],
        round: RoundId,
        items: usize,
    ) -> Result<Self, SealBroken> {
        let (nonce, rest) = sealed.split_first_chunk::<12>().ok_or(SealBroken)?;
        let plain = keys::open(&key.key(pepper, round), *nonce, &aad(key, round), rest)?;
        if plain.len() != HEAD + items {
            return Err(SealBroken);
        }
        let word = |place: usize| plain[place..].first_chunk::<8>().copied().map(u64::from_be_bytes).ok_or(SealBroken);
        let instant = |place| DateTime::from_timestamp_micros(word(place)?.cast_signed()).ok_or(SealBroken);
        Ok(Self {
            admission: Admission::from_bytes(*plain.first_chunk().ok_or(SealBroken)?),
            started: instant(16)?,
            saved: instant(24)?,
            probed: word(32)?,
            seen: word(40)?,
            chosen: plain[HEAD..].to_vec(),
        })
    }
}

fn aad(key: &CookieKey, round: RoundId) -> Vec<u8> {
    let mut aad = key.draft_id().to_vec();
    aad.extend_from_slice(round.uuid().as_bytes());
    aad
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round(byte: u8) -> RoundId {
        RoundId::from(uuid::Uuid::from_bytes([byte; 16]))
    }

    #[test]
    fn only_the_cookie_opens_a_draft_and_all_drafts_are_equally_long() {
        let mut rng = rand::rng();
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let mut draft = Draft::start(Admission::Code(uuid::Uuid::from_bytes([7; 16]).into()), 63, now);
        let key = CookieKey::new([1; 32]);
        let empty = draft.seal(&key, &[2; 32], round(3), &mut rng).unwrap();
        draft.choose(5, 98);
        draft.see(2);
        draft.probe(2);
        let sealed = draft.seal(&key, &[2; 32], round(3), &mut rng).unwrap();
        assert_eq!(empty.len(), sealed.len());
        assert!(Draft::open(&sealed, &key, &[2; 32], round(3), 63) == Ok(draft));
        for (key, pepper, round_id, items) in [
            (CookieKey::new([9; 32]), [2; 32], round(3), 63),
            (key.clone(), [9; 32], round(3), 63),
            (key.clone(), [2; 32], round(9), 63),
            (key, [2; 32], round(3), 62),
        ] {
            assert!(Draft::open(&sealed, &key, &pepper, round_id, items).is_err());
        }
    }

    #[test]
    fn a_draft_lives_24_hours_after_its_last_save_and_is_swept_within_25() {
        let now = DateTime::from_timestamp(1_800_000_123, 0).unwrap();
        let mut draft = Draft::start(Admission::Place(1), 1, now);
        draft.touch(now + Duration::hours(1));
        let last = now + Duration::hours(25);
        assert!(draft.alive(last - Duration::seconds(1)));
        assert!(!draft.alive(last));
        let swept = draft.dies_hour() * 3600;
        assert!(swept >= last.timestamp() && swept <= (last + Duration::hours(1)).timestamp());
        draft.touch(now + Duration::days(30));
        assert!(!draft.alive(now + Duration::days(7)));
    }
}
