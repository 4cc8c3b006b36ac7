//! Options: the command line wins, then the environment, then the file of `--config`.

mod database;
mod values;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clap::builder::BoolishValueParser;
use clap::{Args, ValueEnum, ValueHint};
use ipnet::IpNet;

pub use self::database::DatabaseOptions;
pub use self::values::{PublicUrl, parse_duration, parse_network, parse_push_url, parse_size};
use self::values::{parse_address, parse_role, parse_secret, read_secret};
use crate::domain::account::Role;
use crate::domain::session::schema::Schema;
use crate::domain::token::Secret;
use crate::store::schema_file;
use crate::store::secrets_key::{self, Key};

/// What a server needs to know.
#[derive(Clone, Debug)]
pub struct Config {
    /// The MobileApps folder.
    pub folder: PathBuf,
    /// All else.
    pub options: Options,
    /// Whether a person says that the folder is the right one, whatever was served before.
    pub moved: bool,
}

/// The options of every command that serves.
#[derive(Clone, Debug, Args)]
pub struct Options {
    /// Address and port to listen on; port 0 picks a free one
    #[arg(long, env = "MOBILE_SESSIONS_LISTEN", value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080",
          value_parser = parse_address)]
    pub listen: SocketAddr,

    /// Answer /metrics, for Prometheus, on this address and port too, and there without a token; it does not encrypt
    #[arg(long, env = "MOBILE_SESSIONS_METRICS_LISTEN", value_name = "ADDRESS:PORT", value_parser = parse_address)]
    pub metrics_listen: Option<SocketAddr>,

    /// Where journal, users and tokens are kept [default: in your data directory, one for each DIR]
    #[arg(long, env = "MOBILE_SESSIONS_DATA_DIR", value_name = "DIR")]
    pub data_dir: Option<PathBuf>,

    /// Wait while another server has the data folder, and take over when it ends. Without this, a second server is
    /// refused
    #[arg(long, env = "MOBILE_SESSIONS_WAIT", value_parser = BoolishValueParser::new())]
    pub wait: bool,

    #[command(flatten)]
    pub database: DatabaseOptions,

    /// The address people use, where it is not the one listened on: https://panel.example, or with a path that a proxy
    /// serves the panel below, https://4d.example/sessions/
    #[arg(long, env = "MOBILE_SESSIONS_PUBLIC_URL", hide_env_values = true, value_name = "URL", value_parser = PublicUrl::parse)]
    pub public_url: Option<PublicUrl>,

    /// One more host name to answer to; can be given several times
    #[arg(long = "host", env = "MOBILE_SESSIONS_HOST", value_name = "NAME", value_delimiter = ',')]
    pub hosts: Vec<String>,

    /// How often the whole folder is looked at again
    #[arg(long, env = "MOBILE_SESSIONS_RESCAN", value_name = "TIME", default_value = "10s",
          value_parser = parse_duration)]
    pub rescan: Duration,

    /// Look for changes all the time: for network shares, which tell nobody of them
    #[arg(long, env = "MOBILE_SESSIONS_POLL", value_parser = BoolishValueParser::new())]
    pub poll: bool,

    /// How long deleted sessions can be brought back
    #[arg(long, env = "MOBILE_SESSIONS_KEEP_DELETED", value_name = "TIME", default_value = "90d",
          value_parser = parse_duration)]
    pub keep_deleted: Duration,

    /// How often a rule deletes what is quiet, or waits, for long
    #[arg(long, env = "MOBILE_SESSIONS_RULES_INTERVAL", value_name = "TIME", default_value = "1h",
          value_parser = parse_duration)]
    pub rules_interval: Duration,

    /// Larger files are listed but not read
    #[arg(long, env = "MOBILE_SESSIONS_MAX_FILE_SIZE", value_name = "SIZE", default_value = "1MiB",
          value_parser = parse_size)]
    pub max_file_size: u64,

    /// Judge files by 4D's own JSON Schema (mobileSessionSchema.json) instead of a guess at it
    #[arg(long, env = "MOBILE_SESSIONS_SCHEMA", value_name = "FILE", value_parser = schema_file::load,
          value_hint = ValueHint::AnyPath)]
    pub schema: Option<Arc<Schema>>,

    /// A login ends when it is not used for so long
    #[arg(long, env = "MOBILE_SESSIONS_LOGIN_IDLE", value_name = "TIME", default_value = "12h",
          value_parser = parse_duration)]
    pub login_idle: Duration,

    /// A login ends after so long, however much it is used
    #[arg(long, env = "MOBILE_SESSIONS_LOGIN_LONGEST", value_name = "TIME", default_value = "14d",
          value_parser = parse_duration)]
    pub login_longest: Duration,

    /// What gives others rights asks for the password again when it was given longer ago than this
    #[arg(long, env = "MOBILE_SESSIONS_CONFIRM_AFTER", value_name = "TIME", default_value = "15m",
          value_parser = parse_duration)]
    pub confirm_after: Duration,

    /// Who has this role, or a higher one, sets up a second factor before anything else; can be given several times
    #[arg(long, env = "MOBILE_SESSIONS_REQUIRE_SECOND_FACTOR", value_name = "ROLE", value_delimiter = ',',
          value_parser = parse_role)]
    pub require_second_factor: Vec<Role>,

    /// Encrypt second factors in the database by the first key of this file, which the command secrets-key makes
    /// [default: a key in the data folder]
    #[arg(long, env = "MOBILE_SESSIONS_SECRETS_KEY_FILE", value_name = "FILE")]
    pub secrets_key_file: Option<PathBuf>,

    /// How many requests a second one caller may make; 0 for any number
    #[arg(long, env = "MOBILE_SESSIONS_MAX_REQUESTS", value_name = "NUMBER", default_value = "1000")]
    pub max_requests: u32,

    /// How many connections are open at once, of one address half of them; more wait
    /// [default: 4096, or what the limit of open files allows]
    #[arg(long, env = "MOBILE_SESSIONS_MAX_CONNECTIONS", value_name = "NUMBER")]
    pub max_connections: Option<NonZeroUsize>,

    /// How long a connection may wait for its next request
    #[arg(long, env = "MOBILE_SESSIONS_KEEP_ALIVE", value_name = "TIME", default_value = "75s",
          value_parser = parse_duration)]
    pub keep_alive: Duration,

    /// Encrypt with this certificate and those that lead to its root (PEM); read again when it changes
    #[arg(long, env = "MOBILE_SESSIONS_TLS_CERT", value_name = "FILE")]
    pub tls_cert: Option<PathBuf>,

    /// The certificate's private key (PEM, without a password)
    #[arg(long, env = "MOBILE_SESSIONS_TLS_KEY", value_name = "FILE")]
    pub tls_key: Option<PathBuf>,

    /// Believe X-Forwarded-For, -Proto and -Host from this address or network, your proxy's; can be given several times
    #[arg(long = "trusted-proxy", env = "MOBILE_SESSIONS_TRUSTED_PROXY", value_name = "CIDR", value_delimiter = ',',
          value_parser = parse_network)]
    pub trusted_proxies: Vec<IpNet>,

    /// A proxy in front encrypts: listen on other than loopback addresses, and tell browsers to come by https alone. Name
    /// the proxy with --trusted-proxy
    #[arg(long, env = "MOBILE_SESSIONS_BEHIND_PROXY", value_parser = BoolishValueParser::new())]
    pub behind_proxy: bool,

    /// With --behind-proxy, where the proxy has no fixed address: take whoever connects for it. Whoever reaches this port
    /// without the proxy can then pretend to be any address, in every log and limit
    #[arg(long, env = "MOBILE_SESSIONS_PROXY_IS_ANYONE", value_parser = BoolishValueParser::new())]
    pub proxy_is_anyone: bool,

    /// With --behind-proxy, where people reach the proxy by plain http: the login's cookie is not kept to https, and
    /// passwords cross the network unencrypted
    #[arg(long, env = "MOBILE_SESSIONS_PLAIN_HTTP_PROXY", value_parser = BoolishValueParser::new())]
    pub plain_http_proxy: bool,

    /// Listen on other than loopback addresses without encryption
    #[arg(long, env = "MOBILE_SESSIONS_INSECURE", value_parser = BoolishValueParser::new())]
    pub insecure: bool,

    /// Let every webhook send to this address or network, which else only owners of all apps may (private and loopback
    /// addresses) or nobody (link-local and metadata addresses); can be given several times
    #[arg(long = "allow-webhook-to", env = "MOBILE_SESSIONS_ALLOW_WEBHOOK_TO", value_name = "CIDR",
          value_delimiter = ',', value_parser = parse_network)]
    pub allow_webhook_to: Vec<IpNet>,

    /// Where 4D takes pushes: the address of the code that the page /push shows under "Connect 4D"
    #[arg(long, env = "MOBILE_SESSIONS_PUSH_URL", hide_env_values = true, value_name = "URL", value_parser = parse_push_url)]
    pub push_url: Option<String>,

    /// The secret that this code in 4D asks for. Other users of this machine can read a command line: give it by
    /// its environment variable, or by --push-secret-file
    #[arg(long, env = "MOBILE_SESSIONS_PUSH_SECRET", value_name = "SECRET", hide_env_values = true,
          value_parser = parse_secret)]
    pub push_secret: Option<Secret<String>>,

    /// A file that holds this secret alone
    #[arg(long, env = "MOBILE_SESSIONS_PUSH_SECRET_FILE", value_name = "FILE")]
    pub push_secret_file: Option<PathBuf>,

    /// Push automatically: a change at once, further ones when nothing was changed here for so long; never so that 4D
    /// would drop sessions
    #[arg(long, env = "MOBILE_SESSIONS_AUTO_PUSH", value_name = "TIME", value_parser = parse_duration)]
    pub auto_push: Option<Duration>,

    /// Whether what stands behind --push-url is no 4D, but a demo's stand-in.
    #[arg(skip)]
    pub push_is_stand_in: bool,

    /// What is told on standard error; debug tells of every request
    #[arg(long, env = "MOBILE_SESSIONS_LOG", value_name = "LEVEL", default_value = "info")]
    pub log: LogLevel,

    /// Write the log into this file and not to standard error. At 10 MiB it gets a number, and a new one is begun; five
    /// numbered ones are kept
    #[arg(long, env = "MOBILE_SESSIONS_LOG_FILE", value_name = "FILE")]
    pub log_file: Option<PathBuf>,

    /// How it is told: lines for people, or one JSON object a line
    #[arg(long, env = "MOBILE_SESSIONS_LOG_FORMAT", value_name = "FORMAT", default_value = "text")]
    pub log_format: LogFormat,
}

impl Default for Options {
    /// As without command line and environment.
    fn default() -> Self {
        Self {
            listen: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8080),
            metrics_listen: None,
            data_dir: None,
            wait: false,
            database: DatabaseOptions::default(),
            public_url: None,
            hosts: Vec::new(),
            rescan: Duration::from_secs(10),
            poll: false,
            keep_deleted: Duration::from_secs(90 * 24 * 60 * 60),
            rules_interval: Duration::from_secs(60 * 60),
            max_file_size: 1 << 20,
            schema: None,
            login_idle: Duration::from_secs(12 * 60 * 60),
            login_longest: Duration::from_secs(14 * 24 * 60 * 60),
            confirm_after: Duration::from_secs(15 * 60),
            require_second_factor: Vec::new(),
            secrets_key_file: None,
            max_requests: 1000,
            max_connections: None,
            keep_alive: Duration::from_secs(75),
            tls_cert: None,
            tls_key: None,
            trusted_proxies: Vec::new(),
            allow_webhook_to: Vec::new(),
            behind_proxy: false,
            proxy_is_anyone: false,
            plain_http_proxy: false,
            insecure: false,
            push_url: None,
            push_secret: None,
            push_secret_file: None,
            auto_push: None,
            push_is_stand_in: false,
            log: LogLevel::Info,
            log_file: None,
            log_format: LogFormat::Text,
        }
    }
}

impl Options {
    /// `Err` says why this address is not listened on, and which option would allow it.
    pub fn check_listen(&self) -> Result<(), String> {
        if let Some(address) = self.metrics_listen
            && !address.ip().is_loopback()
            && !self.behind_proxy
            && !self.insecure
        {
            return Err(format!(
                "{address} can be reached from other machines, and /metrics needs no token there: give \
                 --metrics-listen an address of this machine's own, as 127.0.0.1:9464, or say --insecure if everybody \
                 may read it, or --behind-proxy if a proxy in front asks who they are."
            ));
        }
        if self.listen.ip().is_loopback() || self.behind_proxy || self.insecure || self.has_tls() {
            return Ok(());
        }
        Err(format!(
            "{} can be reached from other machines, and nothing encrypts: give --tls-cert and --tls-key, or listen on \
             127.0.0.1, or say --behind-proxy if a proxy in front encrypts, or --insecure if passwords may cross the \
             network unencrypted.",
            self.listen
        ))
    }

    /// `Err` says what the program has to know of the proxy in front.
    pub fn check_proxy(&self) -> Result<(), String> {
        let https = self.public_url.as_ref().is_some_and(PublicUrl::is_https);
        if let Some(net) = self.trusted_proxies.iter().find(|net| net.prefix_len() == 0) {
            return Err(format!(
                "--trusted-proxy {net} is every address, which names no proxy: whoever reaches the port could pretend to \
                 be anybody. Name the proxy's own address or network, or say --proxy-is-anyone where it has no fixed one."
            ));
        }
        match self.behind_proxy {
            true if self.trusted_proxies.is_empty() && !self.proxy_is_anyone => {
                Err("--behind-proxy needs the address of the proxy too, or all its clients count as one: name it with \
                 --trusted-proxy, as --trusted-proxy 10.0.0.7, or say --proxy-is-anyone where it has no fixed one."
                    .into())
            }
            true if self.plain_http_proxy && https => Err(
                "--plain-http-proxy says that people come by http, and --public-url begins with https: leave one out."
                    .into(),
            ),
            false if self.proxy_is_anyone => Err("--proxy-is-anyone needs --behind-proxy too.".into()),
            false if self.plain_http_proxy => Err("--plain-http-proxy needs --behind-proxy too.".into()),
            _ => Ok(()),
        }
    }

    /// Certificate and key, for a server that encrypts by itself. `Err` says which option is missing or wrong.
    pub fn tls(&self) -> Result<Option<(&Path, &Path)>, String> {
        let (cert, key) = match (&self.tls_cert, &self.tls_key) {
            (None, None) => return Ok(None),
            (Some(cert), Some(key)) => (cert, key),
            (Some(_), None) => return Err("--tls-cert needs --tls-key too: the file with its private key.".into()),
            (None, Some(_)) => return Err("--tls-key needs --tls-cert too: the file with its certificate.".into()),
        };
        match &self.public_url {
            Some(url) if !url.is_https() => Err(format!(
                "With --tls-cert browsers come by https, but --public-url is {url}: begin it with https, or leave it \
                 out."
            )),
            _ => Ok(Some((cert, key))),
        }
    }

    /// Where 4D takes pushes, and the secret for it, read from its file if it is in one. `Err` says which option is
    /// missing or wrong.
    pub fn push(&self) -> Result<Option<(&str, Secret<String>)>, String> {
        let secret = match (&self.push_secret, &self.push_secret_file) {
            (None, None) => None,
            (Some(secret), None) => Some(secret.clone()),
            (None, Some(file)) => Some(read_secret(file)?),
            (Some(_), Some(_)) => {
                return Err("Give the secret by --push-secret or by --push-secret-file, not by both.".into());
            }
        };
        match (&self.push_url, secret) {
            (Some(url), Some(secret)) => Ok(Some((url, secret))),
            (Some(_), None) => {
                Err("--push-url needs the secret too: in a file that --push-secret-file names, or in the \
                                    environment variable MOBILE_SESSIONS_PUSH_SECRET."
                    .into())
            }
            (None, Some(_)) => Err("The secret for 4D needs --push-url too: the address of the code in 4D.".into()),
            (None, None) if self.auto_push.is_some() => {
                Err("--auto-push needs a connection to 4D: give --push-url and --push-secret-file too.".into())
            }
            (None, None) => Ok(None),
        }
    }

    /// The keys that encrypt second factors, where a file has them. `Err` says what is wrong with it.
    pub fn secrets_keys(&self) -> Result<Option<Secret<Vec<Key>>>, String> {
        let Some(file) = &self.secrets_key_file else { return Ok(None) };
        let name = file.display();
        let keys = secrets_key::read(file)
            .map_err(|error| format!("The file {name} of --secrets-key-file cannot be read: {error}."))?;
        keys.map(Some).ok_or_else(|| {
            format!(
                "The file {name} of --secrets-key-file holds no key: \"mobile-sessions secrets-key {name}\" makes one."
            )
        })
    }

    /// From which role on people need a second factor.
    pub fn second_factor_from(&self) -> Option<Role> {
        self.require_second_factor.iter().min().copied()
    }

    /// Whether the server itself encrypts.
    pub fn has_tls(&self) -> bool {
        self.tls_cert.is_some() && self.tls_key.is_some()
    }

    /// Whether browsers reach the panel through TLS: the server's own, or a proxy's.
    pub fn is_https(&self) -> bool {
        let by_proxy = self.behind_proxy && !self.plain_http_proxy;
        self.has_tls() || self.public_url.as_ref().map_or(by_proxy, PublicUrl::is_https)
    }

    /// How the server itself is spoken to.
    pub fn scheme(&self) -> &'static str {
        if self.has_tls() { "https" } else { "http" }
    }

    /// The names by which people call this server.
    pub fn host_names(&self) -> Vec<String> {
        let url = self.public_url.as_ref().map(|url| url.authority().to_owned());
        url.into_iter().chain(self.hosts.iter().cloned()).collect()
    }

    /// What stands in front of a path in a link for people; `listening` is the address listened on.
    pub fn base_url(&self, listening: SocketAddr) -> String {
        match &self.public_url {
            Some(url) => url.to_string(),
            None if listening.ip().is_unspecified() => format!("{}://127.0.0.1:{}", self.scheme(), listening.port()),
            None => format!("{}://{listening}", self.scheme()),
        }
    }
}

/// How much is told on standard error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogLevel {
    /// Faults alone.
    Error,
    /// What may become one.
    Warn,
    /// Changes, refusals, and what the program does by itself.
    Info,
    /// Every request.
    Debug,
}

/// How lines of the log are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line: `time`, `level`, `message`, `fields`.
    Json,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_loopback_is_listened_on_without_a_word() {
        let options = |listen: &str, behind_proxy, insecure| Options {
            listen: listen.parse().unwrap(),
            behind_proxy,
            insecure,
            ..Options::default()
        };
        assert!(options("127.0.0.1:0", false, false).check_listen().is_ok());
        assert!(options("[::1]:0", false, false).check_listen().is_ok());
        assert!(options("0.0.0.0:0", true, false).check_listen().is_ok());
        assert!(options("[::]:0", false, true).check_listen().is_ok());
        let message = options("192.0.2.1:80", false, false).check_listen().unwrap_err();
        for way in ["--tls-cert", "--behind-proxy", "--insecure"] {
            assert!(message.contains(way), "{message}");
        }
        let tls =
            Options { tls_cert: Some("c".into()), tls_key: Some("k".into()), ..options("0.0.0.0:0", false, false) };
        assert!(tls.check_listen().is_ok());
    }

    #[test]
    fn certificate_and_key_come_together() {
        let options = |cert: bool, key: bool, url: Option<&str>| Options {
            tls_cert: cert.then(|| "c".into()),
            tls_key: key.then(|| "k".into()),
            public_url: url.map(|url| PublicUrl::parse(url).unwrap()),
            ..Options::default()
        };
        assert_eq!(options(false, false, None).tls(), Ok(None));
        assert_eq!(options(true, true, None).tls(), Ok(Some((Path::new("c"), Path::new("k")))));
        assert!(options(true, false, None).tls().unwrap_err().contains("--tls-key"));
        assert!(options(false, true, None).tls().unwrap_err().contains("--tls-cert"));
        assert!(options(true, true, Some("http://a")).tls().unwrap_err().contains("--public-url"));
        assert!(options(true, true, None).is_https() && !options(false, false, None).is_https());
        assert!(options(false, false, Some("https://a")).is_https());
    }

    #[test]
    fn behind_a_proxy_https_is_assumed_unless_told_otherwise() {
        let options = |plain: bool, url: Option<&str>| Options {
            behind_proxy: true,
            proxy_is_anyone: true,
            plain_http_proxy: plain,
            public_url: url.map(|url| PublicUrl::parse(url).unwrap()),
            ..Options::default()
        };
        assert!(options(false, None).is_https() && !options(true, None).is_https());
        assert!(options(false, Some("https://a")).is_https() && !options(false, Some("http://a")).is_https());
        assert!(options(true, Some("https://a")).check_proxy().is_err());
        assert!(options(false, None).check_proxy().is_ok() && Options::default().check_proxy().is_ok());
        let unknown = Options { proxy_is_anyone: false, ..options(false, None) };
        assert!(unknown.check_proxy().unwrap_err().contains("--trusted-proxy"));
    }
}
