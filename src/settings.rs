//! Every setting, read once: first a TOML file, then the environment, which wins. Nothing else in
//! the program reads the environment. Secrets are wrapped: they have no `Debug` and are zeroed.

use std::{
    collections::BTreeMap,
    fmt, fs, io,
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
};

use zeroize::Zeroizing;

/// One row of the settings table: also the README's table, held equal by a test.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// The key in the settings file.
    pub key: &'static str,
    /// The environment variable that overrides it.
    pub variable: &'static str,
    /// The value when neither says anything.
    pub default: &'static str,
    /// What it decides.
    pub meaning: &'static str,
}

macro_rules! settings {
    ($($key:literal, $variable:literal, $default:literal, $meaning:literal;)*) => {
        /// All settings, in the order of the README's table.
        pub const SETTINGS: &[Setting] = &[$(Setting {
            key: $key, variable: $variable, default: $default, meaning: $meaning,
        },)*];
    };
}

settings! {
    "data", "TRYGG_DATA", "data", "folder of the embedded database and of the secret files";
    "database_url", "DATABASE_URL", "", "sqlite://FILE or postgres://…; empty: trygg.db in the data folder";
    "listen", "TRYGG_LISTEN", "127.0.0.1:8080", "address and port that the service listens on";
    "public_url", "TRYGG_PUBLIC_URL", "", "address that readers see, used in links; empty: http:// and the listening address";
    "definitions", "TRYGG_DEFINITIONS", "survey-definitions", "folder of the questionnaire definitions";
    "service_secret_file", "TRYGG_SERVICE_SECRET_FILE", "", "file with the 32-byte service secret; empty: secrets/service in the data folder";
    "pepper_file", "TRYGG_PEPPER_FILE", "", "file with the 32-byte pepper of drafts; empty: secrets/pepper in the data folder";
    "release_key_file", "TRYGG_RELEASE_KEY_FILE", "", "file with the 32-byte key that signs releases; empty: secrets/release in the data folder";
    "fonts", "TRYGG_FONTS", "/usr/share/fonts/truetype/noto", "folder of the letters' fonts: Noto Sans and Noto Sans Arabic (Debian: fonts-noto-core)";
    "letter_window", "TRYGG_LETTER_WINDOW", "115,45,80,30", "where addresses show through your window envelopes: left, top, width, height in millimetres of an A4 sheet";
    "exit_url", "TRYGG_EXIT_URL", "https://www.wikipedia.org/", "neutral address that the quick exit leads to";
    "contact", "TRYGG_CONTACT", "", "e-mail address or telephone number where people get help, on pages and in letters; letters of real rounds need it";
    "intake_queue", "TRYGG_INTAKE_QUEUE", "1024", "answers that may wait for the writer before a 503 is given";
    "intake_batch", "TRYGG_INTAKE_BATCH", "512", "most answers that one commit holds";
    "trusted_proxies", "TRYGG_TRUSTED_PROXIES", "", "addresses of proxies, separated by commas, whose X-Forwarded-For counts; this machine's own always does";
    "workers", "TRYGG_WORKERS", "0", "web workers; 0: one a processor";
    "log", "TRYGG_LOG", "info", "least level of the log: error, warn, info, debug";
}

/// A 32-byte secret that is never printed.
#[derive(Clone)]
pub struct Secret(Zeroizing<[u8; 32]>);

impl Secret {
    /// Wraps `bytes`.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The secret's bytes; do not copy them into anything that outlives the use.
    #[must_use]
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Settings of one process.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Folder of the embedded database and the secret files.
    pub data: PathBuf,
    /// `sqlite://…` or `postgres://…`.
    pub database_url: String,
    /// Where the service listens.
    pub listen: SocketAddr,
    /// Address that readers see, without a trailing slash.
    pub public_url: String,
    /// Folder of the questionnaire definitions.
    pub definitions: PathBuf,
    /// File of the service secret.
    pub service_secret_file: PathBuf,
    /// File of the draft pepper.
    pub pepper_file: PathBuf,
    /// File of the key that signs releases.
    pub release_key_file: PathBuf,
    /// Folder of the letters' fonts.
    pub fonts: PathBuf,
    /// The envelopes' window: left, top, width, height in millimetres.
    pub letter_window: [f32; 4],
    /// Where the quick exit leads to.
    pub exit_url: String,
    /// Where people get help; empty if only the letter says.
    pub contact: String,
    /// Answers that may wait for the writer.
    pub intake_queue: usize,
    /// Most answers in one commit.
    pub intake_batch: usize,
    /// Proxies on other machines whose `X-Forwarded-For` counts.
    pub trusted_proxies: Vec<IpAddr>,
    /// Web workers; 0 = one a processor.
    pub workers: usize,
    /// Least level of the log.
    pub log: String,
}

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The settings file cannot be read.
    #[error("the settings file {0} cannot be read: {1}")]
    File(PathBuf, #[source] io::Error),
    /// The settings file is no TOML table of texts and numbers.
    #[error("the settings file {0} is malformed: {1}")]
    Malformed(PathBuf, String),
    /// A key that no setting has.
    #[error("unknown setting `{0}`; `trygg settings` lists those that exist")]
    Unknown(String),
    /// A value that does not fit.
    #[error("setting `{key}` cannot be `{value}`: {why}")]
    Value {
        /// The setting's key.
        key: &'static str,
        /// The value as found.
        value: String,
        /// What is wanted.
        why: String,
    },
    /// A secret file is missing or damaged.
    #[error("the secret file {0} {1}; `trygg migrate` makes missing secrets")]
    Secret(PathBuf, String),
}

impl Settings {
    /// Reads the settings: `file` if given, else `trygg.toml` in the working folder if it exists,
    /// then `environment`, which wins.
    ///
    /// # Errors
    /// The first thing that does not fit, with its key.
    pub fn read(file: Option<&Path>, environment: &BTreeMap<String, String>) -> Result<Self, SettingsError> {
        let mut found = file_values(file)?;
        for setting in SETTINGS {
            if let Some(value) = environment.get(setting.variable) {
                found.insert(setting.key.to_owned(), value.clone());
            }
        }
        let value = |key: &'static str| -> String {
            let default = SETTINGS.iter().find(|s| s.key == key).map_or("", |s| s.default);
            found.get(key).cloned().unwrap_or_else(|| default.to_owned())
        };
        let data = PathBuf::from(value("data"));
        let or_in_data = |text: String, name: &str| {
            if text.is_empty() { data.join(name) } else { PathBuf::from(text) }
        };
        let database_url = match value("database_url") {
            url if url.is_empty() => format!("sqlite://{}", data.join("trygg.db").display()),
            url => url,
        };
        let listen: SocketAddr = parsed("listen", &value("listen"), "an address and a port, such as 127.0.0.1:8080")?;
        let public_url = match value("public_url") {
            url if url.is_empty() => format!("http://{listen}"),
            url => url.trim_end_matches('/').to_owned(),
        };
        Ok(Self {
            database_url,
            listen,
            public_url,
            definitions: value("definitions").into(),
            service_secret_file: or_in_data(value("service_secret_file"), "secrets/service"),
            pepper_file: or_in_data(value("pepper_file"), "secrets/pepper"),
            release_key_file: or_in_data(value("release_key_file"), "secrets/release"),
            fonts: value("fonts").into(),
            letter_window: window(&value("letter_window"))?,
            exit_url: value("exit_url"),
            contact: value("contact"),
            intake_queue: positive("intake_queue", &value("intake_queue"))?,
            intake_batch: positive("intake_batch", &value("intake_batch"))?,
            trusted_proxies: value("trusted_proxies")
                .split(',')
                .map(str::trim)
                .filter(|address| !address.is_empty())
                .map(|address| parsed("trusted_proxies", address, "addresses separated by commas, such as 10.0.0.7"))
                .collect::<Result<_, _>>()?,
            workers: parsed("workers", &value("workers"), "a whole number")?,
            log: value("log"),
            data,
        })
    }

    /// The value of a setting as it counts now, for printing. Addresses of databases are shown without
    /// their password.
    #[must_use]
    pub fn shown(&self, key: &str) -> String {
        match key {
            "data" => self.data.display().to_string(),
            "database_url" => without_password(&self.database_url),
            "listen" => self.listen.to_string(),
            "public_url" => self.public_url.clone(),
            "definitions" => self.definitions.display().to_string(),
            "service_secret_file" => self.service_secret_file.display().to_string(),
            "pepper_file" => self.pepper_file.display().to_string(),
            "release_key_file" => self.release_key_file.display().to_string(),
            "fonts" => self.fonts.display().to_string(),
            "letter_window" => self.letter_window.map(|side| side.to_string()).join(","),
            "exit_url" => self.exit_url.clone(),
            "contact" => self.contact.clone(),
            "intake_queue" => self.intake_queue.to_string(),
            "intake_batch" => self.intake_batch.to_string(),
            "trusted_proxies" => self.trusted_proxies.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
            "workers" => self.workers.to_string(),
            "log" => self.log.clone(),
            _ => String::new(),
        }
    }
}

/// `postgres://name:secret@host/…` as `postgres://name@host/…`.
fn without_password(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else { return address.to_owned() };
    let Some((user, place)) = rest.rsplit_once('@') else { return address.to_owned() };
    let name = user.split(':').next().unwrap_or_default();
    format!("{scheme}://{name}@{place}")
}

fn parsed<T: std::str::FromStr>(key: &'static str, value: &str, why: &str) -> Result<T, SettingsError> {
    value.parse().map_err(|_| SettingsError::Value { key, value: value.to_owned(), why: why.to_owned() })
}

fn window(value: &str) -> Result<[f32; 4], SettingsError> {
    let why = "four lengths in millimetres: left,top,width,height";
    let sides: Vec<f32> =
        value.split(',').map(|side| parsed("letter_window", side.trim(), why)).collect::<Result<_, _>>()?;
    let fits = sides.iter().all(|side| (0.0..=297.0).contains(side));
    let refuse = || SettingsError::Value { key: "letter_window", value: value.to_owned(), why: why.to_owned() };
    sides.try_into().ok().filter(|_| fits).ok_or_else(refuse)
}

fn positive(key: &'static str, value: &str) -> Result<usize, SettingsError> {
    match parsed(key, value, "a whole number above 0")? {
        0 => Err(SettingsError::Value { key, value: value.to_owned(), why: "a whole number above 0".to_owned() }),
        number => Ok(number),
    }
}

fn file_values(file: Option<&Path>) -> Result<BTreeMap<String, String>, SettingsError> {
    let path = file.map_or_else(|| PathBuf::from("trygg.toml"), Path::to_path_buf);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound && file.is_none() => return Ok(BTreeMap::new()),
        Err(error) => return Err(SettingsError::File(path, error)),
    };
    let table: toml::Table =
        text.parse().map_err(|error: toml::de::Error| SettingsError::Malformed(path.clone(), error.to_string()))?;
    let mut values = BTreeMap::new();
    for (key, value) in table {
        if !SETTINGS.iter().any(|setting| setting.key == key) {
            return Err(SettingsError::Unknown(key));
        }
        let text = match value {
            toml::Value::String(text) => text,
            toml::Value::Integer(number) => number.to_string(),
            _ => return Err(SettingsError::Malformed(path, format!("`{key}` must be a text or a whole number"))),
        };
        values.insert(key, text);
    }
    Ok(values)
}

/// Reads a 32-byte secret, written as 64 hexadecimal digits.
///
/// # Errors
/// [`SettingsError::Secret`] when the file is missing or holds something else.
pub fn read_secret(path: &Path) -> Result<Secret, SettingsError> {
    let refuse = |why: &str| SettingsError::Secret(path.to_path_buf(), why.to_owned());
    let text = Zeroizing::new(fs::read_to_string(path).map_err(|error| refuse(&format!("cannot be read ({error})")))?);
    let digits = text.trim();
    let mut bytes = [0_u8; 32];
    if digits.len() != 64 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(refuse("must hold 64 hexadecimal digits"));
    }
    for (place, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&digits[2 * place..2 * place + 2], 16)
            .map_err(|_| refuse("must hold 64 hexadecimal digits"))?;
    }
    Ok(Secret::new(bytes))
}
