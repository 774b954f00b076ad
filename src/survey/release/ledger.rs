//! The ledger's entry of a release as it is stored: signed by the release key on its first line, so that
//! nobody who can write to the database can make it say that something else was shown. What an entry holds is
//! not decided here, nor that the entries are all that there were.

use super::{Damaged, PublicKey, ReleaseKey, signature::Signature};
use crate::stats::disclosure::ledger::LedgerEntry;

/// Before every message, so that no signature of anything else passes for one of these.
const PURPOSE: &[u8] = b"trygg-ledger/1\n";

fn message(entry: &[u8]) -> Vec<u8> {
    [PURPOSE, entry].concat()
}

/// The bytes to store.
///
/// # Errors
/// [`Damaged::Format`] if the entry cannot be written as JSON, which numbers that are finite always can.
pub fn write(entry: &LedgerEntry, key: &ReleaseKey) -> Result<Vec<u8>, Damaged> {
    let entry = serde_json::to_vec(entry)?;
    let mut document = serde_json::to_vec(&key.sign(&message(&entry)))?;
    document.push(b'\n');
    document.extend(entry);
    Ok(document)
}

/// The entry of `release` out of stored bytes, which `key` must have signed.
///
/// # Errors
/// [`Damaged`], also where the entry is another release's.
pub fn read(release: &str, document: &[u8], key: PublicKey) -> Result<LedgerEntry, Damaged> {
    let end = document.iter().position(|byte| *byte == b'\n').ok_or(Damaged::Unsigned)?;
    let (signature, entry) = (&document[..end], &document[end + 1..]);
    let signed_by = serde_json::from_slice::<Signature>(signature)?.check(&message(entry))?;
    if signed_by != key {
        return Err(Damaged::OtherKey(signed_by.to_string()));
    }
    let entry: LedgerEntry = serde_json::from_slice(entry)?;
    if entry.release != release {
        return Err(Damaged::Format(format!("it is the entry of {}", entry.release)));
    }
    Ok(entry)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(release: &str) -> LedgerEntry {
        LedgerEntry {
            release: release.to_owned(),
            round: "one".to_owned(),
            publication_hash: String::new(),
            before: Vec::new(),
            atoms: Vec::new(),
            respondents: vec![31, 12],
            geography: std::collections::BTreeMap::new(),
            answered: Vec::new(),
            measures: Vec::new(),
        }
    }

    #[test]
    fn no_byte_of_an_entry_can_be_another() {
        let key = ReleaseKey::new(&[7; 32]);
        let document = write(&entry("R-1"), &key).expect("is written");
        assert_eq!(read("R-1", &document, key.public()), Ok(entry("R-1")));
        for place in 0..document.len() {
            let mut altered = document.clone();
            altered[place] ^= 1;
            assert!(read("R-1", &altered, key.public()).is_err(), "byte {place}");
        }
        assert!(read("R-1", &document[..document.len() - 1], key.public()).is_err());
        assert!(read("R-1", &[&document[..], b" "].concat(), key.public()).is_err());
        assert!(read("R-1", b"", key.public()).is_err());
    }

    #[test]
    fn an_entry_is_of_one_release_and_one_office() {
        let (key, other) = (ReleaseKey::new(&[7; 32]), ReleaseKey::new(&[8; 32]));
        let document = write(&entry("R-1"), &key).expect("is written");
        assert!(matches!(read("R-2", &document, key.public()), Err(Damaged::Format(_))));
        assert!(matches!(read("R-1", &document, other.public()), Err(Damaged::OtherKey(_))));
    }
}
