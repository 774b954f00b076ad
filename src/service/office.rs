//! What every verb needs at hand: database, clock, settings, secrets, the intake's queue and the
//! versions kept in memory. One per process; cheap to clone.

use std::{fs, io::Write, path::Path, sync::Arc};

use crate::{
    clock::Clock,
    service::{catalogue::Catalogue, intake::Intake, languages::Interface, live::LiveRounds, published::Published},
    settings::{Secret, Settings, SettingsError, read_secret},
    store::{Database, StoreError},
    survey::{
        keys,
        release::{PublicKey, ReleaseKey},
    },
};

/// The office of one process.
#[derive(Clone)]
pub struct Office {
    /// The database.
    pub database: Database,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The settings.
    pub settings: Arc<Settings>,
    /// Published questionnaires.
    pub catalogue: Arc<Catalogue>,
    /// Rounds as the respondents' pages need them, a second old at most.
    pub live: Arc<LiveRounds>,
    /// Releases that were read already.
    pub published: Arc<Published>,
    /// The writer's queue.
    pub intake: Intake,
    /// Which texts of the pages are reviewed.
    pub interface: Arc<Interface>,
    /// Key of codes and receipts.
    pub(super) service_secret: Secret,
    /// Salt of draft keys.
    pub(super) pepper: Secret,
    /// Signs releases.
    pub(super) release_key: ReleaseKey,
}

/// Why the office cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum OfficeError {
    /// A setting or a secret file.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A secret file cannot be written.
    #[error("the secret file {0} cannot be written: {1}")]
    Secret(String, #[source] std::io::Error),
}

impl Office {
    /// Opens the database and the secrets, and starts this process's writer. Must be called inside
    /// a tokio runtime.
    ///
    /// # Errors
    /// An unknown schema, an unreachable database, a missing or damaged secret.
    pub async fn open(settings: Settings, clock: Arc<dyn Clock>) -> Result<Self, OfficeError> {
        let database = Database::open(&settings.database_url).await?;
        Self::with(database, settings, clock)
    }

    /// An office on a database that is open already.
    ///
    /// # Errors
    /// A missing or damaged secret.
    pub fn with(database: Database, settings: Settings, clock: Arc<dyn Clock>) -> Result<Self, OfficeError> {
        let service_secret = read_secret(&settings.service_secret_file)?;
        let pepper = read_secret(&settings.pepper_file)?;
        let release_key = private_key(&settings)?;
        let intake = Intake::start(database.clone(), settings.intake_queue, settings.intake_batch);
        Ok(Self {
            database,
            clock,
            settings: Arc::new(settings),
            catalogue: Arc::default(),
            live: Arc::default(),
            published: Arc::default(),
            intake,
            interface: Arc::default(),
            service_secret,
            pepper,
            release_key,
        })
    }
}

impl Office {
    /// The same office, told which texts of its pages are reviewed.
    #[must_use]
    pub fn with_interface(self, interface: Interface) -> Self {
        Self { interface: Arc::new(interface), ..self }
    }

    /// A key for one purpose, derived from the service secret: the same in every process of the
    /// office.
    #[must_use]
    pub fn derived_key(&self, purpose: &str) -> Secret {
        Secret::new(*keys::derived(self.service_secret.expose(), purpose))
    }

    /// The public half of the key that signs this office's releases.
    #[must_use]
    pub fn release_key(&self) -> PublicKey {
        self.release_key.public()
    }
}

fn private_key(settings: &Settings) -> Result<ReleaseKey, OfficeError> {
    Ok(ReleaseKey::new(read_secret(&settings.release_key_file)?.expose()))
}

/// The public half of the key that signs releases under these settings.
///
/// # Errors
/// A missing or damaged secret.
pub fn release_key(settings: &Settings) -> Result<PublicKey, OfficeError> {
    Ok(private_key(settings)?.public())
}

/// Makes the secret files that are not there yet, readable by their owner only. An existing file is
/// never touched.
///
/// # Errors
/// A folder or file that cannot be written.
pub fn make_missing_secrets(settings: &Settings) -> Result<(), OfficeError> {
    for path in [&settings.service_secret_file, &settings.pepper_file, &settings.release_key_file] {
        if !path.exists() {
            write_secret(path).map_err(|error| OfficeError::Secret(path.display().to_string(), error))?;
        }
    }
    Ok(())
}

fn write_secret(path: &Path) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(std::io::Error::other)?;
    let digits = crate::questionnaire::hexadecimal(&bytes);
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    writeln!(file, "{digits}")?;
    file.sync_all()
}
