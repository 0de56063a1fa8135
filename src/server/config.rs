//! How a server is to run: command line first, then the environment, then one TOML file, then the defaults.

use std::net::{SocketAddr, ToSocketAddrs as _};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use axum::http::{HeaderValue, Uri};
use clap::{Args, ValueEnum};
use serde::Deserialize;

use crate::server::store::Guard;

/// What a server needs to know. Made by [`ServeOptions::resolve`], or by hand in tests.
#[derive(Clone, Debug)]
pub struct Config {
    pub addr: SocketAddr,
    /// Where Prometheus reads; nowhere unless said.
    pub metrics_addr: Option<SocketAddr>,
    pub database: Database,
    /// Makes the demo house in an empty database.
    pub demo: bool,
    /// Whether each address may do only so much. Limits per reservation and account always hold.
    pub address_limits: bool,
    /// What guests' links begin with, such as `https://stay.example`; none: the address that is listened on.
    pub public_url: Option<PublicUrl>,
    /// Whose pages may read the public streams and lists.
    pub cors_origins: Vec<Origin>,
    /// How many proxies stand before the server; that many entries of `X-Forwarded-For` are believed, from the right.
    pub trusted_proxies: usize,
    /// Off only in the control of a test, which must then sell a night twice.
    pub guard: Guard,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            addr: SocketAddr::from(([127, 0, 0, 1], 3000)),
            metrics_addr: None,
            database: Database::Sqlite(PathBuf::from("data/vacancy.db")),
            demo: false,
            address_limits: true,
            public_url: None,
            cors_origins: Vec::new(),
            trusted_proxies: 0,
            guard: Guard::On,
        }
    }
}

/// Where the data lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Database {
    Sqlite(PathBuf),
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    #[default]
    Pretty,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Switch {
    On,
    Off,
}

/// An address without a path that links are made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(String);

/// A web origin, or `*` for any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(HeaderValue);

/// What `vacancy serve` takes.
#[derive(Args, Clone, Debug, Default)]
pub struct ServeOptions {
    /// A TOML file with these settings, named as the flags with `_` for `-`; flags and environment win over it.
    #[arg(long, env = "VACANCY_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// Where to listen [default: 127.0.0.1:3000]. Port 0 takes a free one.
    #[arg(long, env = "VACANCY_ADDR", value_name = "HOST:PORT")]
    pub addr: Option<String>,

    /// Where Prometheus reads `/metrics`, such as 127.0.0.1:9464 [default: nowhere]. Keep it from the outside.
    #[arg(long, env = "VACANCY_METRICS_ADDR", value_name = "HOST:PORT")]
    pub metrics_addr: Option<String>,

    #[command(flatten)]
    pub database: DatabaseOption,

    /// Fill an empty database with two hotels to try out, accounts included.
    #[arg(long, env = "VACANCY_DEMO", value_parser = yes_or_no)]
    pub demo: bool,

    /// `off` lifts the limits per address, for benchmarks and tests; those per reservation and account stay [default: on].
    #[arg(long, env = "VACANCY_LIMITS", value_name = "ON|OFF")]
    pub limits: Option<Switch>,

    /// What guests' links begin with, such as `https://stay.example` [default: the address that is listened on]. With
    /// `https`, cookies are sent over encrypted connections only.
    #[arg(long, env = "VACANCY_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,

    /// Origins whose pages may read the public streams and lists, separated by commas; `*` is any.
    #[arg(long, env = "VACANCY_CORS_ORIGINS", value_name = "ORIGINS", value_delimiter = ',')]
    pub cors_origins: Option<Vec<String>>,

    /// How many proxies stand before the server: so many entries of X-Forwarded-For are believed, counted from the
    /// right [default: 0, the header is not read].
    #[arg(long, env = "VACANCY_TRUSTED_PROXIES", value_name = "N")]
    pub trusted_proxies: Option<usize>,

    /// How the log on standard error is written [default: pretty]. `RUST_LOG` chooses what it holds.
    #[arg(long, env = "VACANCY_LOG", value_name = "FORMAT")]
    pub log: Option<LogFormat>,
}

/// The database, for every command that needs one.
#[derive(Args, Clone, Debug, Default)]
pub struct DatabaseOption {
    /// Where the data lies: `sqlite:PATH`; file and folder are made when missing [default: sqlite:data/vacancy.db].
    #[arg(long, env = "VACANCY_DATABASE", value_name = "URL", global = true)]
    pub database: Option<String>,
}

/// The same settings in a file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    addr: Option<String>,
    metrics_addr: Option<String>,
    database: Option<String>,
    demo: Option<bool>,
    limits: Option<Switch>,
    public_url: Option<String>,
    cors_origins: Option<Vec<String>>,
    trusted_proxies: Option<usize>,
    log: Option<LogFormat>,
}

#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("--config {}: {reason}", path.display())]
    File { path: PathBuf, reason: String },
    #[error("--{0} {1}: an address is written HOST:PORT")]
    Addr(&'static str, String),
    #[error("--database {0}: PostgreSQL is not supported yet; use sqlite:PATH")]
    Postgres(String),
    #[error("--database {0}: a database is written sqlite:PATH")]
    Database(String),
    #[error("--public-url {0}: an address is written https://HOST, without a path")]
    PublicUrl(String),
    #[error("--cors-origins {0}: an origin is written https://HOST or https://HOST:PORT, or *")]
    Origin(String),
}

/// As people write it in a variable; one that is set to nothing says no.
fn yes_or_no(text: &str) -> Result<bool, &'static str> {
    match text.trim().to_ascii_lowercase().as_str() {
        "1" | "true" | "yes" | "on" | "y" | "t" => Ok(true),
        "" | "0" | "false" | "no" | "off" | "n" | "f" => Ok(false),
        _ => Err("it is true or false, yes or no, on or off, 1 or 0"),
    }
}

impl ServeOptions {
    pub fn resolve(self) -> Result<(Config, LogFormat), ConfigError> {
        let file = self.config.as_deref().map(read_file).transpose()?.unwrap_or_default();
        let default = Config::default();
        let addr = self.addr.or(file.addr).map_or(Ok(default.addr), |text| parse_addr("addr", &text))?;
        let database = DatabaseOption { database: self.database.database.or(file.database) }.resolve()?;
        // A variable that is set to nothing says nothing.
        let said = |text: &String| !text.trim().is_empty();
        let metrics_addr = self.metrics_addr.or(file.metrics_addr).filter(said);
        let metrics_addr = metrics_addr.map(|text| parse_addr("metrics-addr", &text)).transpose()?;
        let public_url = self.public_url.or(file.public_url).filter(said).map(|text| text.parse()).transpose()?;
        let cors_origins = self.cors_origins.or(file.cors_origins).unwrap_or_default();
        let cors_origins = cors_origins.iter().filter(|text| said(text)).map(|text| text.trim().parse());
        let config = Config {
            addr,
            metrics_addr,
            database,
            demo: self.demo || file.demo.unwrap_or(false),
            address_limits: self.limits.or(file.limits) != Some(Switch::Off),
            public_url,
            cors_origins: cors_origins.collect::<Result<_, _>>()?,
            trusted_proxies: self.trusted_proxies.or(file.trusted_proxies).unwrap_or(default.trusted_proxies),
            guard: default.guard,
        };
        Ok((config, self.log.or(file.log).unwrap_or_default()))
    }
}

impl DatabaseOption {
    pub fn resolve(self) -> Result<Database, ConfigError> {
        self.database.map_or_else(|| Ok(Config::default().database), |text| text.parse())
    }
}

fn read_file(path: &Path) -> Result<File, ConfigError> {
    let wrong = |reason: String| ConfigError::File { path: path.to_owned(), reason };
    let text = std::fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
    toml::from_str(&text).map_err(|error| wrong(error.to_string()))
}

fn parse_addr(flag: &'static str, text: &str) -> Result<SocketAddr, ConfigError> {
    let found = text.to_socket_addrs().ok().and_then(|mut addresses| addresses.next());
    found.ok_or_else(|| ConfigError::Addr(flag, text.to_owned()))
}

impl FromStr for Database {
    type Err = ConfigError;

    fn from_str(text: &str) -> Result<Self, ConfigError> {
        if text.starts_with("postgres:") || text.starts_with("postgresql:") {
            // The address may hold a password.
            let scheme = text.split(':').next().unwrap_or_default();
            return Err(ConfigError::Postgres(format!("{scheme}:…")));
        }
        let path = text.strip_prefix("sqlite:").map(|rest| rest.strip_prefix("//").unwrap_or(rest));
        match path {
            Some(path) if !path.is_empty() => Ok(Self::Sqlite(PathBuf::from(path))),
            _ => Err(ConfigError::Database(text.to_owned())),
        }
    }
}

impl PublicUrl {
    /// Without a slash at its end.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PublicUrl {
    type Err = ConfigError;

    fn from_str(text: &str) -> Result<Self, ConfigError> {
        let url = text.strip_suffix('/').unwrap_or(text);
        if is_origin(url) { Ok(Self(url.to_owned())) } else { Err(ConfigError::PublicUrl(text.to_owned())) }
    }
}

impl Origin {
    pub fn header(&self) -> &HeaderValue {
        &self.0
    }

    pub fn is_any(&self) -> bool {
        self.0 == "*"
    }
}

impl FromStr for Origin {
    type Err = ConfigError;

    fn from_str(text: &str) -> Result<Self, ConfigError> {
        let wrong = || ConfigError::Origin(text.to_owned());
        if text != "*" && !is_origin(text) {
            return Err(wrong());
        }
        HeaderValue::from_str(text).map(Self).map_err(|_| wrong())
    }
}

/// `scheme://host[:port]` and nothing after it.
fn is_origin(text: &str) -> bool {
    let Ok(uri) = text.parse::<Uri>() else { return false };
    let is_web = matches!(uri.scheme_str(), Some("http" | "https"));
    let is_bare = uri.query().is_none() && !text.ends_with('/') && matches!(uri.path(), "" | "/");
    is_web && is_bare && uri.authority().is_some_and(|authority| !authority.as_str().contains('@'))
}

#[cfg(test)]
#[path = "config/tests.rs"]
mod tests;
