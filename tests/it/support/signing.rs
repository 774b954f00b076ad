//! Releases as an office makes them: composed, and signed off by whoever has to.

use sqlx::{Connection, SqliteConnection};
use trygg::{
    service::{
        Office,
        releasing::{self, Made, ReleaseError, Wanted},
        signing::{self, Outcome, Word},
        staff,
    },
    survey::{
        release::{Body, Release},
        round::AreaSetRef,
        staff::{Organisation, StaffMember},
    },
};

use super::office::{TestOffice, project};

/// Everybody's.
pub const PASSWORD: &str = "a long enough password";

/// The member `login`, who is added if there is no such account.
pub async fn member(office: &Office, login: &str, organisation: &str, roles: &[&str]) -> StaffMember {
    if let Some(found) = staff::by_login(office, login).await.expect("looks") {
        return found;
    }
    let roles: Vec<String> = roles.iter().map(|role| (*role).to_owned()).collect();
    staff::add(office, login, login, organisation, &roles, PASSWORD).await.expect("an account");
    staff::by_login(office, login).await.expect("looks").expect("is there")
}

/// A releaser of an organisation.
pub async fn releaser(office: &Office, organisation: Organisation) -> StaffMember {
    let key = organisation.key();
    member(office, &format!("releaser-{key}"), key, &["releaser"]).await
}

/// Composes a release and lets everybody sign who has to.
pub async fn released(office: &Office, slug: &str, wanted: &Wanted<'_>) -> Result<Release, ReleaseError> {
    let (body, organisations) = match releasing::release(office, slug, wanted).await? {
        Made::Released(release) => return Ok(release),
        Made::Waiting(body, organisations) => (body, organisations),
    };
    for organisation in organisations {
        if let Outcome::Released(release) = sign(office, &body, organisation).await {
            return Ok((*release).clone());
        }
    }
    panic!("everybody has signed and it is not released")
}

/// A releaser of `organisation` signs what waits.
pub async fn sign(office: &Office, body: &Body, organisation: Organisation) -> Outcome {
    let member = releaser(office, organisation).await;
    let hash = body.hash_text();
    signing::speak(office, &body.head().id, &member, PASSWORD, Word::Sign(&hash)).await.expect("is signed")
}

impl TestOffice {
    /// Composes a release and lets everybody sign who has to.
    pub async fn release(&self, slug: &str, reason: Option<&str>) -> Result<Release, ReleaseError> {
        Box::pin(released(&self.office, slug, &Wanted { reason, ..Wanted::default() })).await
    }

    /// The same for other areas than the round's.
    pub async fn redrawn(&self, slug: &str, reason: &str, areas: &AreaSetRef) -> Result<Release, ReleaseError> {
        let wanted = Wanted { reason: Some(reason), areas: Some(areas), by: None };
        Box::pin(released(&self.office, slug, &wanted)).await
    }

    /// Composes a release that has to be signed.
    pub async fn composed(&self, slug: &str, reason: Option<&str>) -> Body {
        match releasing::release(&self.office, slug, &Wanted { reason, ..Wanted::default() })
            .await
            .expect("is composed")
        {
            Made::Waiting(body, _) => body,
            Made::Released(release) => panic!("{} is public, though nobody has signed", release.head().id),
        }
    }
}

impl TestOffice {
    /// Publishes the people's questionnaire again with another publication plan: `change` gets the text
    /// of the project's own.
    pub async fn publication(&self, change: impl Fn(&str) -> String) {
        let folder = self.file("questionnaire");
        std::fs::create_dir_all(&folder).expect("a folder");
        for file in std::fs::read_dir(project("tests/oracle/questionnaire")).expect("a folder") {
            let file = file.expect("a file");
            let text = std::fs::read_to_string(file.path()).expect("text");
            let text = if file.file_name() == "publication.toml" { change(&text) } else { text };
            std::fs::write(folder.join(file.file_name()), text).expect("writes");
        }
        self.publish(&folder).await;
    }

    /// Puts `body` in the place of the only release, as a file of the first format, which had no
    /// signature; gives its text. SQLite only.
    pub async fn back_in_time(&self, body: &serde_json::Value) -> String {
        let first = format!(r#"{{"format":"trygg-release/1",{}"#, &body.to_string()[1..]);
        let mut file = SqliteConnection::connect(&self.test.address).await.expect("connects");
        sqlx::query("UPDATE releases SET bytes = $1, hash = $2")
            .bind(first.as_bytes())
            .bind(<sha2::Sha256 as sha2::Digest>::digest(first.as_bytes()).as_slice())
            .execute(&mut file)
            .await
            .expect("goes back in time");
        first
    }

    /// From now on these organisations sign releases.
    pub async fn signed_by(&self, organisations: &[&str]) {
        self.publication(|text| format!("signing_organisations = {organisations:?}\n{text}")).await;
    }
}
