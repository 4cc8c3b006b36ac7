//! What a start is warned of: it runs all the same, and more is open than has to be.

use std::path::Path;

use crate::config::Options;
use crate::store::os;

/// A sentence for each.
pub fn warnings(options: &Options) -> Vec<String> {
    let secrets = [
        ("--tls-key", &options.tls_key),
        ("--push-secret-file", &options.push_secret_file),
        ("--secrets-key-file", &options.secrets_key_file),
    ];
    let files = secrets.into_iter().filter_map(|(option, file)| Some((option, file.as_deref()?)));
    let mut warnings: Vec<String> = files.filter_map(|(option, file)| readable_by_all(option, file)).collect();
    if std::env::args_os().any(|arg| arg.to_str().is_some_and(is_push_secret)) {
        warnings.push(
            "--push-secret on the command line: every user of this machine can read it there, with ps. Give it by \
             --push-secret-file"
                .to_owned(),
        );
    }
    if os::is_root() {
        warnings.push(
            "this runs as root: run it as the user that owns the session files, who needs no other right".to_owned(),
        );
    }
    if options.proxy_is_anyone {
        warnings.push(
            "--proxy-is-anyone: whoever reaches this port without the proxy can pretend to be any address, in every \
             log and limit. See that nobody can"
                .to_owned(),
        );
    }
    if options.plain_http_proxy {
        warnings.push("--plain-http-proxy: passwords and logins cross the network unencrypted".to_owned());
    }
    warnings
}

/// The warning for a secret's file that every user of this machine can read.
pub fn readable_by_all(option: &str, file: &Path) -> Option<String> {
    let is_open = std::fs::metadata(file).is_ok_and(|found| os::is_readable_by_all(&found));
    let file = file.display();
    is_open.then(|| format!("{option}: every user of this machine can read {file}: chmod o-r {file}"))
}

fn is_push_secret(arg: &str) -> bool {
    arg == "--push-secret" || arg.starts_with("--push-secret=")
}
