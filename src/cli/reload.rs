//! What SIGHUP changes while the program runs: the options of the file that can change, and the certificate.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::sync::Arc;

use super::{Command, Failure, Given};
use crate::config::Options;
use crate::http::server::Around;
use crate::http::signals::AskedToReload;
use crate::http::tls::Certificate;
use crate::telemetry;

/// Options that can change while the program runs.
const LIVE: [&str; 3] = ["log", "hosts", "max-requests"];

/// What can be told to go by other options.
pub struct Reload {
    around: Around,
    certificate: Option<Arc<Certificate>>,
    /// The options as they were spelled at last.
    spelled: BTreeMap<String, Vec<OsString>>,
}

impl Reload {
    /// Starting from the options that the program was started with.
    pub fn new(around: Around, certificate: Option<Arc<Certificate>>) -> Result<Self, Failure> {
        Ok(Self { around, certificate, spelled: super::parse_again()?.spelled })
    }

    /// Never returns. To be spawned once.
    pub async fn follow(mut self, mut asked: AskedToReload) {
        loop {
            asked.next().await;
            self.reload();
        }
    }

    fn reload(&mut self) {
        if let Some(certificate) = &self.certificate {
            certificate.look_now();
        }
        match super::parse_again() {
            Ok(Given { command: Command::Serve(args), spelled, .. }) => self.apply(&args.options, spelled),
            Ok(Given { command: Command::Demo(args), spelled, .. }) => self.apply(&args.options, spelled),
            Ok(_) => {}
            Err(failure) => {
                let why = failure.to_string();
                tracing::warn!(
                    "SIGHUP: the options stay as they are. {}",
                    why.split_whitespace().collect::<Vec<_>>().join(" ")
                );
            }
        }
    }

    fn apply(&mut self, options: &Options, spelled: BTreeMap<String, Vec<OsString>>) {
        let names: BTreeSet<&String> = self.spelled.keys().chain(spelled.keys()).collect();
        let changed = names.into_iter().filter(|name| self.spelled.get(*name) != spelled.get(*name)).cloned();
        let (live, later): (Vec<String>, Vec<String>) = changed.partition(|name| LIVE.contains(&name.as_str()));
        let certificate =
            if self.certificate.is_some() { "the certificate is read again" } else { "there is no certificate" };
        telemetry::set_level(options.log);
        self.around.apply(options);
        tracing::info!("SIGHUP: {certificate}; options that changed: {}", listed(&live));
        if !later.is_empty() {
            tracing::warn!("SIGHUP: these options count when the program is started again: {}", listed(&later));
        }
        for name in live {
            match spelled.get(&name).cloned() {
                Some(values) => drop(self.spelled.insert(name, values)),
                None => drop(self.spelled.remove(&name)),
            }
        }
    }
}

/// The names as on the command line.
fn listed(names: &[String]) -> String {
    let names: Vec<String> =
        names.iter().map(|name| format!("--{}", if name == "hosts" { "host" } else { name })).collect();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}
