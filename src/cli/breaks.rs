//! `trygg breaks`: the register of breaks.

use super::{Done, arguments};
use crate::{
    service::{Office, breaks, staff},
    settings::Settings,
    survey::{
        breaks::{Act, Declaration, Wanted},
        staff::StaffMember,
    },
};

pub(super) async fn run(arguments: arguments::Breaks, settings: Settings) -> Done {
    use arguments::{Breaks, breaks::Said};
    let office = super::office(settings).await?;
    let scoped = |act: &str, code: String, scope: arguments::breaks::Scope| Wanted {
        act: act.to_owned(),
        code,
        from: scope.from,
        to: scope.to,
        measure: scope.measure,
        ..Wanted::default()
    };
    let (wanted, said): (Wanted, Said) = match arguments {
        Breaks::List => return list(&office).await,
        Breaks::Declare { code, scope, area, said } => (Wanted { area, ..scoped("declare", code, scope) }, said),
        Breaks::Bridge { code, scope, item, evidence, said } => {
            (Wanted { item, evidence, ..scoped("bridge", code, scope) }, said)
        }
        Breaks::Spelling { item, scope, said } => (Wanted { item, ..scoped("spelling", String::new(), scope) }, said),
        Breaks::Mark { series, period, area, printed, source, said } => {
            let act = "mark".to_owned();
            (Wanted { act, area, series, period, printed, source, ..Wanted::default() }, said)
        }
        Breaks::Withdraw { id, said } => (Wanted { act: "withdraw".to_owned(), id, ..Wanted::default() }, said),
    };
    let member = person(&office, &said.by).await?;
    let kept = breaks::declare(&office, &member, &Wanted { note: said.note, ..wanted }).await?;
    println!("{} {} by {} on {}", kept.id, kept.act.key(), kept.person.name, kept.at.format("%Y-%m-%d"));
    println!("a release made from now on takes it into account; releases that are out stay as they are");
    Ok(())
}

/// The account of a sign-in name.
pub(super) async fn person(office: &Office, login: &str) -> Result<StaffMember, Box<dyn std::error::Error>> {
    let member = staff::by_login(office, login).await?;
    member.ok_or_else(|| format!("by: person_unknown ({login:?}): give the sign-in name of an account").into())
}

async fn list(office: &Office) -> Done {
    for found in breaks::found(office).await? {
        let (from, to) = &found.periods;
        let reason = &found.reason;
        let item = reason.item.as_deref().map_or_else(String::new, |item| format!(" {item}"));
        println!(
            "{from} to {to}: {}{item} ({}): {} measures, {} areas{}",
            reason.code,
            reason.class.key(),
            found.measures.len(),
            found.areas.len(),
            if reason.detail.is_empty() { String::new() } else { format!("; {}", reason.detail) }
        );
    }
    for said in breaks::declarations(office).await? {
        println!("{}", line(&said));
    }
    Ok(())
}

fn line(said: &Declaration) -> String {
    let of = match &said.act {
        Act::Withdraw { id } => format!(" {id}"),
        Act::Mark(marked) => format!(" {} {} {} {}", marked.series, marked.period, marked.area, marked.printed),
        Act::Declare { .. } | Act::Bridge { .. } | Act::Spelling { .. } => String::new(),
    };
    let code = said.act.code().map_or_else(String::new, |code| format!(" {}", code.key()));
    let scope = said.act.scope().map_or_else(String::new, |scope| {
        let to = scope.to.as_deref().map_or_else(String::new, |to| format!(" to {to}"));
        format!(" {}{to}", scope.from)
    });
    let at = said.at.format("%Y-%m-%dT%H:%MZ");
    format!("{}{scope}:{code} {}{of} by {} at {at}: {}", said.id, said.act.key(), said.person.name, said.note)
}
