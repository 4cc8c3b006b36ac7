//! Tells the program which commit it is built from: the variable `MOBILE_SESSIONS_COMMIT` of the build, or what git
//! says where there is a repository. And makes pages of the manual, and what browsers get of static/.

#[path = "build/assets.rs"]
mod assets;
#[path = "build/manual.rs"]
mod manual;

use std::path::Path;
use std::process::Command;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    assets::build()?;
    manual::build()?;
    println!("cargo:rerun-if-env-changed=MOBILE_SESSIONS_COMMIT");
    println!("cargo:rerun-if-changed=build.rs");
    // Written whenever HEAD comes to another commit.
    if let Some(log) = git(&["rev-parse", "--git-path", "logs/HEAD"]).filter(|log| Path::new(log).exists()) {
        println!("cargo:rerun-if-changed={log}");
    }
    let given = std::env::var("MOBILE_SESSIONS_COMMIT").ok();
    println!("cargo:rustc-env=COMMIT={}", given.or_else(commit).unwrap_or_default().trim());
    Ok(())
}

/// The commit of the repository that this source belongs to; not of one that it merely lies in.
fn commit() -> Option<String> {
    git(&["ls-files", "--error-unmatch", "build.rs"])?;
    git(&["rev-parse", "HEAD"])
}

fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").args(arguments).output().ok().filter(|output| output.status.success())?;
    String::from_utf8(output.stdout).ok().map(|text| text.trim().to_owned())
}
