//! What options come to, in words.

use std::fmt::Write as _;

use super::checks::Checked;
use super::options::{InForce, Source};
use crate::cli::output::{counted, printable, table};
use crate::cli::serve;
use crate::config::{LogFormat, Options};

/// Which options have a value, and from where; those that somebody gave come first.
pub fn options(options: &[InForce]) -> String {
    let (defaults, given): (Vec<&InForce>, Vec<&InForce>) =
        options.iter().partition(|option| option.source == Source::Default);
    let mut rows = vec![["OPTION", "VALUE", "FROM"].map(str::to_owned)];
    for option in given.into_iter().chain(defaults) {
        let value = option.value.clone().unwrap_or_else(|| "(secret)".to_owned());
        rows.push([option.name.clone(), value, option.source.to_string()]);
    }
    table(&rows)
}

/// What serve would do.
pub fn effects(serve: &serve::Args, checked: &Checked) -> String {
    let mut text = String::from("\n");
    for sentence in sentences(serve, checked) {
        // Writing to a string does not fail.
        let _ = writeln!(text, "{}", printable(&sentence));
    }
    text
}

fn sentences(serve: &serve::Args, checked: &Checked) -> Vec<String> {
    let options = &serve.options;
    let apps = checked
        .apps
        .map_or_else(|| "which cannot be read".to_owned(), |apps| format!("with {}", counted(apps as u64, "app")));
    let mut all = vec![format!("It serves {}, {apps}.", serve.folder.display()), listening(options)];
    if let Some(url) = &options.public_url {
        all.push(format!("People reach it at {url}."));
    }
    if let Some(address) = options.metrics_listen {
        all.push(format!("Prometheus reads http://{address}/metrics without a token."));
    }
    all.extend(data(options, checked));
    all.push(pushing(options));
    all.push(log(options));
    all
}

fn listening(options: &Options) -> String {
    let (address, url) = (options.listen, options.base_url(options.listen));
    let how = match (options.has_tls(), options.behind_proxy) {
        (true, _) => "encrypted".to_owned(),
        (false, true) if options.plain_http_proxy => "behind a proxy that does not encrypt".to_owned(),
        (false, true) => "behind a proxy that encrypts".to_owned(),
        (false, false) if address.ip().is_loopback() => "for this machine alone".to_owned(),
        (false, false) => "UNENCRYPTED, for every machine that reaches it".to_owned(),
    };
    match address.port() {
        0 => format!("It listens on a free port of {}, {how}.", address.ip()),
        _ => format!("It listens on {address}, {how}; links begin with {url}."),
    }
}

fn data(options: &Options, checked: &Checked) -> Option<String> {
    let folder = checked.data_dir.as_ref()?.display();
    let state = if checked.is_used { "" } else { ", which the first start makes" };
    Some(match options.database.server() {
        Some(server) => format!("Journal, users and tokens are kept in {server}; the data folder is {folder}{state}."),
        None => format!("Journal, users and tokens are kept in {folder}{state}."),
    })
}

fn pushing(options: &Options) -> String {
    match (&options.push_url, options.auto_push) {
        (None, _) => "There is no connection to 4D: nothing is pushed.".to_owned(),
        (Some(url), None) => format!("Changes are pushed to 4D at {url} when somebody asks for it."),
        (Some(url), Some(_)) => format!("Changes are pushed to 4D at {url} automatically."),
    }
}

fn log(options: &Options) -> String {
    let to = options.log_file.as_ref().map_or("standard error".to_owned(), |file| file.display().to_string());
    let format = match options.log_format {
        LogFormat::Text => "text",
        LogFormat::Json => "JSON",
    };
    format!("The log goes to {to}, as {format}.")
}
