//! Staff accounts: passwords (Argon2id), sessions kept on the server, API tokens. Whether a member
//! may do an act is `survey::staff`'s table; who is asking is found out here.

use std::sync::OnceLock;

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use chrono::{DateTime, Duration, Utc};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use super::Office;
use crate::{
    store::{StoreError, StoredSession, StoredStaff, StoredToken},
    survey::{
        ids::StaffId,
        staff::{Organisation, Role, StaffMember, conflict},
    },
};

/// Minutes without a request after which a session ends.
const IDLE_MINUTES: i64 = 30;
/// Hours after which a session ends in any case.
const LONGEST_HOURS: i64 = 10;
/// Passwords that are checked at a time.
static HASHING: Semaphore = Semaphore::const_new(2);
/// Shortest password.
const SHORTEST: usize = 12;

/// Why a staff verb is refused.
#[derive(Debug, thiserror::Error)]
pub enum StaffError {
    /// Unknown name, wrong password or disabled account: one answer for all.
    #[error("name or password is wrong")]
    SignIn,
    /// The password is too short.
    #[error("a password has at least {SHORTEST} characters")]
    Password,
    /// A role or organisation that does not exist, or a login that cannot be used.
    #[error("{0}")]
    Invalid(String),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Hashing failed.
    #[error("the password cannot be hashed: {0}")]
    Hash(String),
}

impl StaffError {
    /// Whether name or password were wrong, and nothing else.
    #[must_use]
    pub const fn is_sign_in(&self) -> bool {
        matches!(self, Self::SignIn)
    }
}

/// A session as its cookie knows it.
#[derive(Debug)]
pub struct Session {
    /// 32 random bytes for the cookie; only their hash is stored.
    pub id: [u8; 32],
    /// 32 random bytes that stay on the server.
    pub secret: [u8; 32],
    /// Whose it is.
    pub member: StaffMember,
}

fn argon2() -> Result<Argon2<'static>, StaffError> {
    let params = Params::new(19_456, 2, 1, None).map_err(|error| StaffError::Hash(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn random() -> Result<[u8; 32], StaffError> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| StaffError::Hash(error.to_string()))?;
    Ok(bytes)
}

/// Adds an account.
///
/// # Errors
/// An unknown role, roles that never go together, a short password, a login that exists.
pub async fn add(
    office: &Office,
    login: &str,
    name: &str,
    organisation: &str,
    roles: &[String],
    password: &str,
) -> Result<(), StaffError> {
    if password.chars().count() < SHORTEST {
        return Err(StaffError::Password);
    }
    let fits =
        (2..=40).contains(&login.len()) && login.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_@".contains(&b));
    if !fits {
        return Err(StaffError::Invalid("a sign-in name has 2 to 40 letters, digits, . - _ or @".to_owned()));
    }
    let organisation = Organisation::parse(organisation)
        .ok_or_else(|| StaffError::Invalid(format!("`{organisation}` is neither kommun nor polis")))?;
    let mut held = Vec::new();
    for role in roles {
        held.push(Role::parse(role).ok_or_else(|| StaffError::Invalid(format!("no role is called `{role}`")))?);
    }
    if let Some((one, other)) = conflict(&held) {
        let (one, other) = (one.key(), other.key());
        return Err(StaffError::Invalid(format!("nobody is {one} and {other}: give them to two people")));
    }
    let hash = argon2()?.hash_password(password.as_bytes()).map_err(|error| StaffError::Hash(error.to_string()))?;
    let mut tx = office.database.begin().await?;
    if tx.staff().find_by_login(login).await?.is_some() {
        return Err(StaffError::Invalid(format!("an account is called `{login}` already; choose another name")));
    }
    tx.staff()
        .insert(&StoredStaff {
            id: StaffId::from(uuid::Uuid::now_v7()),
            name: name.to_owned(),
            login: login.to_owned(),
            organisation: organisation.key().to_owned(),
            roles: serde_json::json!(roles),
            password_hash: hash.to_string(),
            disabled: false,
        })
        .await?;
    tx.commit().await?;
    Ok(())
}

/// Signs a member in. Hashing takes its time on purpose and runs beside the other work; an unknown
/// name costs the same work as a wrong password.
///
/// # Errors
/// [`StaffError::SignIn`], whatever was wrong.
pub async fn sign_in(office: &Office, login: &str, password: &str) -> Result<Session, StaffError> {
    let row = office.database.read().await?.staff().find_by_login(login).await?;
    let row = with_password(row, password).await?;
    let member = member(&row)?;
    let (id, secret) = (random()?, random()?);
    let now = office.clock.now();
    let mut tx = office.database.begin().await?;
    tx.sessions()
        .insert(&StoredSession {
            id_hash: Sha256::digest(id).into(),
            staff: row.id,
            started: now,
            seen: now,
            secret: secret.to_vec(),
        })
        .await?;
    tx.commit().await?;
    Ok(Session { id, secret, member })
}

/// The account, if it is alive and the password is its own.
async fn with_password(row: Option<StoredStaff>, password: &str) -> Result<StoredStaff, StaffError> {
    let password = zeroize::Zeroizing::new(password.to_owned());
    let stored = row.as_ref().filter(|row| !row.disabled).map(|row| row.password_hash.clone());
    // Each takes 19 MiB and a processor: many at once wait for each other, not for memory.
    let _turn = HASHING.acquire().await.map_err(|error| StaffError::Hash(error.to_string()))?;
    let right = tokio::task::spawn_blocking(move || verify(stored.as_deref(), &password))
        .await
        .map_err(|error| StaffError::Hash(error.to_string()))??;
    row.filter(|_| right).ok_or(StaffError::SignIn)
}

/// Steps up: whoever is signed in types the password again before an act that cannot be undone. Gives
/// the member as the account is now.
///
/// # Errors
/// [`StaffError::SignIn`], whatever was wrong.
pub async fn step_up(office: &Office, id: StaffId, password: &str) -> Result<StaffMember, StaffError> {
    let row = office.database.read().await?.staff().find(id).await?;
    member(&with_password(row, password).await?)
}

/// The hash of something nobody knows, made once.
fn nobody() -> Result<&'static str, StaffError> {
    static NOBODY: OnceLock<String> = OnceLock::new();
    if let Some(known) = NOBODY.get() {
        return Ok(known);
    }
    let made = argon2()?.hash_password(&random()?).map_err(|error| StaffError::Hash(error.to_string()))?.to_string();
    Ok(NOBODY.get_or_init(|| made))
}

/// Compares in the same time whether or not there is an account: without one, a hash of something
/// nobody knows is checked.
fn verify(stored: Option<&str>, password: &str) -> Result<bool, StaffError> {
    let text = match stored {
        Some(text) => text,
        None => nobody()?,
    };
    let hash = PasswordHash::new(text).map_err(|error| StaffError::Hash(error.to_string()))?;
    Ok(argon2()?.verify_password(password.as_bytes(), &hash).is_ok() && stored.is_some())
}

/// The session behind a cookie, if it is alive; it is then seen anew.
///
/// # Errors
/// The database.
pub async fn session(office: &Office, id: &[u8; 32]) -> Result<Option<Session>, StaffError> {
    let hash: [u8; 32] = Sha256::digest(id).into();
    let mut tx = office.database.begin().await?;
    let Some(row) = tx.sessions().find(&hash).await? else { return Ok(None) };
    let now = office.clock.now();
    if !alive(row.started, row.seen, now) {
        tx.sessions().delete(&hash).await?;
        tx.commit().await?;
        return Ok(None);
    }
    tx.sessions().touch(&hash, now).await?;
    let staff = tx.staff().find(row.staff).await?;
    tx.commit().await?;
    let Some(staff) = staff.filter(|staff| !staff.disabled) else { return Ok(None) };
    let secret = row.secret.try_into().map_err(|_| StoreError::inconsistent("sessions", "secret"))?;
    Ok(Some(Session { id: *id, secret, member: member(&staff)? }))
}

fn alive(started: DateTime<Utc>, seen: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now - seen <= Duration::minutes(IDLE_MINUTES) && now - started <= Duration::hours(LONGEST_HOURS)
}

/// Ends the sessions whose time is up, and says how many there were.
///
/// # Errors
/// The database.
pub async fn sweep(office: &Office) -> Result<u64, StoreError> {
    let now = office.clock.now();
    let mut tx = office.database.begin().await?;
    let ended =
        tx.sessions().sweep(now - Duration::hours(LONGEST_HOURS), now - Duration::minutes(IDLE_MINUTES)).await?;
    tx.commit().await?;
    Ok(ended)
}

/// Ends a session.
///
/// # Errors
/// The database.
pub async fn sign_out(office: &Office, id: &[u8; 32]) -> Result<(), StaffError> {
    let mut tx = office.database.begin().await?;
    tx.sessions().delete(&Sha256::digest(id).into()).await?;
    tx.commit().await?;
    Ok(())
}

/// Makes an API token for the account `login`, good for a year; it is shown once and stored hashed.
///
/// # Errors
/// An unknown account.
pub async fn make_token(office: &Office, login: &str, name: &str) -> Result<String, StaffError> {
    let mut tx = office.database.begin().await?;
    let staff = tx
        .staff()
        .find_by_login(login)
        .await?
        .ok_or_else(|| StaffError::Invalid(format!("no account is called `{login}`")))?;
    let token = crate::questionnaire::hexadecimal(&random()?);
    tx.tokens()
        .insert(&StoredToken {
            token_hash: Sha256::digest(token.as_bytes()).into(),
            staff: staff.id,
            name: name.to_owned(),
            expires_at: office.clock.now() + Duration::days(365),
        })
        .await?;
    tx.commit().await?;
    Ok(token)
}

/// The member behind an API token; nobody if it is unknown, expired or the account is disabled.
///
/// # Errors
/// The database.
pub async fn by_token(office: &Office, token: &str) -> Result<Option<StaffMember>, StaffError> {
    let mut tx = office.database.read().await?;
    let Some(row) = tx.tokens().find(&Sha256::digest(token.as_bytes()).into()).await? else { return Ok(None) };
    if row.expires_at <= office.clock.now() {
        return Ok(None);
    }
    let staff = tx.staff().find(row.staff).await?.filter(|staff| !staff.disabled);
    staff.as_ref().map(member).transpose()
}

/// The member who signs in as `login`; nobody if there is none such or the account is disabled.
///
/// # Errors
/// The database.
pub async fn by_login(office: &Office, login: &str) -> Result<Option<StaffMember>, StaffError> {
    let row = office.database.read().await?.staff().find_by_login(login).await?;
    row.filter(|row| !row.disabled).as_ref().map(member).transpose()
}

fn member(row: &StoredStaff) -> Result<StaffMember, StaffError> {
    let organisation =
        Organisation::parse(&row.organisation).ok_or_else(|| StoreError::inconsistent("staff", "organisation"))?;
    let named: Vec<String> =
        serde_json::from_value(row.roles.clone()).map_err(|_| StoreError::inconsistent("staff", "roles"))?;
    let roles: Option<Vec<Role>> = named.iter().map(|role| Role::parse(role)).collect();
    let roles = roles.ok_or_else(|| StoreError::inconsistent("staff", "roles"))?;
    Ok(StaffMember { id: row.id, name: row.name.clone(), organisation, roles })
}
