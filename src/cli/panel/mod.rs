//! The commands that ask a running panel, by its API.

mod body;
mod client;
mod error;
pub mod events;
mod outcome;
pub mod push;
pub mod sessions;
mod stream;
pub mod undo;
mod url;

use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};

use self::client::Panel;
use self::url::PanelUrl;
use super::{Failure, risks};
use crate::domain::token::Secret;
use crate::store::secret_file;

/// The variable that holds a token. There is no option for it: every user of a machine can read command lines.
pub const TOKEN: &str = "MOBILE_SESSIONS_TOKEN";

/// Where the panel is, and what it is shown.
#[derive(Clone, Debug, Args)]
pub struct Access {
    /// The panel's address, as https://panel.example, with the path below which it stands
    #[arg(long, global = true, env = "MOBILE_SESSIONS_URL", hide_env_values = true, value_name = "URL", value_parser = PanelUrl::parse)]
    url: Option<PanelUrl>,

    /// A file that holds a token alone; without it, the token is taken from MOBILE_SESSIONS_TOKEN
    #[arg(long, global = true, env = "MOBILE_SESSIONS_TOKEN_FILE", value_name = "FILE", value_hint = ValueHint::AnyPath)]
    token_file: Option<PathBuf>,

    /// Trust the certificates in this file (PEM) too, where a private authority signs the panel's
    #[arg(long, global = true, env = "MOBILE_SESSIONS_CA_FILE", value_name = "FILE", value_hint = ValueHint::AnyPath)]
    ca_file: Option<PathBuf>,
}

/// How commands against a panel end, for `--help`.
const EXIT_CODES: &str = "Exit code:
  0  done
  1  not done, or not all of it: why is told on standard error
  2  the command line is wrong";

impl Access {
    fn panel(&self) -> Result<Panel, Failure> {
        let url = self.url.clone().ok_or_else(|| {
            Failure::wrong_use(
                "Name the panel: --url https://panel.example, or MOBILE_SESSIONS_URL in the environment.",
            )
        })?;
        let token = self.token()?;
        if url.is_open_to_listeners() {
            eprintln!("warning: the token crosses the network unencrypted: let the panel be reached by https");
        }
        Panel::new(url, &token, self.ca_file.as_deref())
    }

    fn token(&self) -> Result<Secret<String>, Failure> {
        let token = match &self.token_file {
            Some(file) => read_token(file)?,
            None => Secret::new(std::env::var(TOKEN).unwrap_or_default()),
        };
        let is_token = token.expose().starts_with("mst_") && token.expose().bytes().all(|byte| byte.is_ascii_graphic());
        match (is_token, token.expose().is_empty(), &self.token_file) {
            (true, _, _) => Ok(token),
            (_, true, None) => Err(Failure::wrong_use(format!(
                "This needs a token: put it into a file and name that with --token-file, or into {TOKEN}. \
                 \"mobile-sessions token create\", or the panel, makes one."
            ))),
            (_, _, None) => Err(Failure::wrong_use(format!("{TOKEN} holds no token: one begins with mst_."))),
            (_, _, Some(file)) => Err(Failure::wrong_use(format!(
                "{} holds no token: write one into it, and nothing else; it begins with mst_.",
                file.display()
            ))),
        }
    }
}

fn read_token(file: &Path) -> Result<Secret<String>, Failure> {
    if let Some(warning) = risks::readable_by_all("--token-file", file) {
        eprintln!("warning: {warning}");
    }
    secret_file::read(file).map_err(|error| {
        Failure::wrong_use(format!("The file {} of --token-file cannot be read: {error}.", file.display()))
    })
}
