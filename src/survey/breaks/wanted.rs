//! A statement on a break as somebody wants to make it: what makes sense by itself, and which field is
//! at fault where it does not. Which rounds and measures exist is looked up elsewhere.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{
    code::{Code, Lift},
    declaration::{Act, Evidence, Marked, Scope},
};

/// Longest note, in characters.
const LONGEST_NOTE: usize = 500;

/// A statement as somebody wants to make it: texts, whichever door they came through.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Wanted {
    /// `declare`, `bridge`, `spelling`, `mark` or `withdraw`.
    pub act: String,
    /// Code of the break.
    pub code: String,
    /// Name of the earlier round.
    pub from: String,
    /// Name of the later round.
    pub to: String,
    /// Measure id; empty for all.
    pub measure: String,
    /// Item id; empty for all.
    pub item: String,
    /// Area code; empty for all.
    pub area: String,
    /// `split_sample` or `parallel_run`.
    pub evidence: String,
    /// Series of printed values.
    pub series: String,
    /// Period of a printed value.
    pub period: String,
    /// The value as printed.
    pub printed: String,
    /// Who printed it.
    pub source: String,
    /// Id of the statement to take back.
    pub id: String,
    /// Why.
    pub note: String,
}

/// Why a statement is refused: which field, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Stable code.
    pub code: &'static str,
    /// The field at fault.
    pub field: &'static str,
    /// What stood there.
    pub found: String,
    /// What to do.
    pub remedy: String,
}

impl Refused {
    /// A refusal.
    #[must_use]
    pub fn new(code: &'static str, field: &'static str, found: &str, remedy: impl Into<String>) -> Self {
        Self { code, field, found: found.chars().take(80).collect(), remedy: remedy.into() }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.code)?;
        if !self.found.is_empty() {
            write!(f, " ({:?})", self.found)?;
        }
        write!(f, ": {}", self.remedy)
    }
}

impl std::error::Error for Refused {}

impl Wanted {
    /// What is said and why, if the texts make sense by themselves.
    ///
    /// # Errors
    /// `act_unknown`, `code_unknown`, `not_declarable`, `not_bridgeable`, `evidence_missing`,
    /// `field_missing`, `field_idle`, `note_missing`, `note_too_long`, `rounds_same`, `id_unknown`.
    pub fn read(&self) -> Result<(Act, String), Refused> {
        let act = match self.act.trim() {
            "declare" => self.declare()?,
            "bridge" => self.bridge()?,
            "spelling" => {
                let scope = self.scope(Code::Wording)?;
                if scope.item.is_none() {
                    return Err(missing("item", "name the item whose spelling was fixed"));
                }
                Act::Spelling { scope }
            }
            "mark" => Act::Mark(Marked {
                series: filled("series", &self.series, "name the series of printed values")?,
                period: filled("period", &self.period, "name the period")?,
                area: filled("area", &self.area, "name the area")?,
                group: "all".to_owned(),
                printed: filled("printed", &self.printed, "give the value exactly as printed")?,
                source: filled("source", &self.source, "name who printed it")?,
            }),
            "withdraw" => {
                let unknown = || Refused::new("id_unknown", "id", &self.id, "give the id of a statement that stands");
                Act::Withdraw { id: self.id.trim().parse().map_err(|_| unknown())? }
            }
            other => {
                let remedy = "write declare, bridge, spelling, mark or withdraw";
                return Err(Refused::new("act_unknown", "act", other, remedy));
            }
        };
        let note = self.note.trim();
        if note.is_empty() {
            return Err(Refused::new("note_missing", "note", "", "say why: the note is printed beside the break"));
        }
        if note.chars().count() > LONGEST_NOTE || note.contains('\0') {
            let remedy = format!("say it in at most {LONGEST_NOTE} characters");
            return Err(Refused::new("note_too_long", "note", note, remedy));
        }
        Ok((act, note.to_owned()))
    }

    fn code(&self) -> Result<Code, Refused> {
        let text = self.code.trim();
        Code::parse(text).ok_or_else(|| {
            Refused::new("code_unknown", "code", text, format!("write one of {}", Code::listed(|_| true)))
        })
    }

    fn declare(&self) -> Result<Act, Refused> {
        let code = self.code()?;
        if !code.is_declared() {
            let remedy = format!("it is found by machine; write one of {}", Code::listed(Code::is_declared));
            return Err(Refused::new("not_declarable", "code", code.key(), remedy));
        }
        Ok(Act::Declare { code, scope: self.scope(code)? })
    }

    fn bridge(&self) -> Result<Act, Refused> {
        let code = self.code()?;
        if !code.is_bridgeable() {
            let remedy = match code.lift() {
                Lift::Mark => "mark one of the printed values with a reason instead".to_owned(),
                _ => format!("nothing lifts it; a bridge is possible for {}", Code::listed(Code::is_bridgeable)),
            };
            return Err(Refused::new("not_bridgeable", "code", code.key(), remedy));
        }
        let needed = match code.lift() {
            Lift::SplitSample => Some(Evidence::SplitSample),
            Lift::ParallelRun => Some(Evidence::ParallelRun),
            _ => None,
        };
        let given = self.evidence.trim();
        match needed {
            Some(needed) if given != needed.key() => {
                let remedy = format!("{} is bridged by {} only; name it as evidence", code.key(), needed.key());
                return Err(Refused::new("evidence_missing", "evidence", given, remedy));
            }
            None if !given.is_empty() => return Err(idle("evidence", given)),
            _ => {}
        }
        if !self.area.trim().is_empty() {
            return Err(idle("area", &self.area));
        }
        Ok(Act::Bridge { code, scope: self.scope(code)?, evidence: needed })
    }

    fn scope(&self, code: Code) -> Result<Scope, Refused> {
        let from = filled("from", &self.from, "name a round")?;
        let to = some(&self.to);
        match (&to, code) {
            (Some(_), Code::Event) => return Err(idle("to", &self.to)),
            (None, Code::Event) => {}
            (None, _) => return Err(missing("to", "name the round that it is compared with")),
            (Some(to), _) if *to == from => {
                return Err(Refused::new("rounds_same", "to", to, "name two different rounds"));
            }
            (Some(_), _) => {}
        }
        if code.is_declared() && !self.item.trim().is_empty() {
            return Err(idle("item", &self.item));
        }
        Ok(Scope { from, to, measure: some(&self.measure), item: some(&self.item), area: some(&self.area) })
    }
}

fn some(text: &str) -> Option<String> {
    Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned)
}

fn missing(field: &'static str, remedy: &str) -> Refused {
    Refused::new("field_missing", field, "", remedy)
}

fn filled(field: &'static str, text: &str, remedy: &str) -> Result<String, Refused> {
    some(text).ok_or_else(|| missing(field, remedy))
}

fn idle(field: &'static str, found: &str) -> Refused {
    Refused::new("field_idle", field, found, "leave it out: it says nothing about this break")
}
