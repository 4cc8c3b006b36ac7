//! `demo`: a sample folder, a stand-in of 4D that keeps its sessions, and serve on it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::builder::BoolishValueParser;
use tempfile::TempDir;

use super::output::{counted, print};
use super::{Failure, serve};
use crate::config::{Config, Options};
use crate::demo::running::{self, Running};
use crate::demo::sample::{self, Made, Sample};
use crate::http::signals;

/// Try it: make a sample MobileApps folder, and serve on it
///
/// The sessions are made up: several apps, devices that wait to be let in, and some files broken as they are met on
/// real servers. A stand-in of 4D takes pushes, and devices sign in now and then. Nothing of it touches a 4D server. The
/// sample is removed when the program stops, unless --dir says
/// where to keep it.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, mut_arg("data_dir", |arg| arg.help(DATA_DIR)))]
pub struct Args {
    /// How many apps to make, 1 to 100
    #[arg(long, env = "MOBILE_SESSIONS_DEMO_APPS", value_name = "NUMBER", default_value = "3",
          value_parser = clap::value_parser!(u32).range(1..=100))]
    apps: u32,

    /// How many sessions to make, 1 to 100000, and one for each app at least
    #[arg(long, env = "MOBILE_SESSIONS_DEMO_SESSIONS", value_name = "NUMBER", default_value = "40",
          value_parser = clap::value_parser!(u32).range(1..=100_000))]
    sessions: u32,

    /// Another number makes another sample; the same makes the same again
    #[arg(long, env = "MOBILE_SESSIONS_DEMO_SEED", value_name = "NUMBER", default_value = "1")]
    seed: u64,

    /// Keep the sample in this folder, new or empty, and use it again the next time [default: a temporary one]
    #[arg(long, env = "MOBILE_SESSIONS_DEMO_DIR", value_name = "DIR")]
    dir: Option<PathBuf>,

    /// Let no more devices sign in while it runs
    #[arg(long, env = "MOBILE_SESSIONS_DEMO_NO_DEVICES", value_parser = BoolishValueParser::new())]
    no_devices: bool,

    #[command(flatten)]
    pub(super) options: Options,
}

const DATA_DIR: &str = "Where journal, users and tokens are kept [default: beside the sample]";

const EXAMPLES: &str = "Examples:
  mobile-sessions demo
  mobile-sessions demo --listen 127.0.0.1:0 --apps 8 --sessions 2000
  mobile-sessions demo --dir ~/sessions-demo
  mobile-sessions check ~/sessions-demo/MobileApps";

/// Stands in a folder that a demo made, outside of its MobileApps folder, and tells people and this program so.
const NOTE: &str = "demo.txt";
const NOTE_TEXT: &str = "Made by \"mobile-sessions demo\". Remove this folder when you do not need it any more.\n";
/// 4D's name.
const MOBILE_APPS: &str = "MobileApps";

/// Runs the command.
pub async fn run(args: Args, warnings: Vec<String>) -> Result<ExitCode, Failure> {
    args.options.check_listen().map_err(Failure::new)?;
    args.options.check_proxy().map_err(Failure::new)?;
    if args.sessions < args.apps {
        let apps = args.apps;
        return Err(Failure::new(format!(
            "Each app needs a session: give --sessions {apps} or more, or fewer --apps."
        )));
    }
    // From here on a signal does not leave a temporary folder behind.
    let stop = signals::asked_to_stop();
    let sample = Sample { apps: args.apps as usize, sessions: args.sessions as usize, seed: args.seed, oddities: true };
    let dir = args.dir;
    let place = tokio::task::spawn_blocking(move || Place::make(dir.as_deref(), &sample)).await;
    let place = place.map_err(|error| Failure::new(format!("The sample cannot be made: {error}.")))??;
    let mut options = args.options;
    let data_dir = options.data_dir.get_or_insert_with(|| place.dir.join("data")).clone();
    place.tell(&data_dir)?;
    // Who names a 4D of their own gets that one.
    let four_d = match options.push_url {
        Some(_) => None,
        None => Some(start_4d(&place.mobile_apps(), &mut options, (!args.no_devices).then_some(args.seed))?),
    };
    // Sample and data lie side by side: whoever moves one moves both.
    let config = Config { folder: place.mobile_apps(), options, moved: true };
    let done = serve::serve(config, warnings, || stop).await;
    if let Some(four_d) = four_d {
        four_d.stop().await;
    }
    place.leave();
    done
}

fn start_4d(folder: &Path, options: &mut Options, devices: Option<u64>) -> Result<Running, Failure> {
    let comes = if devices.is_some() { " Devices sign in now and then (--no-devices: none)." } else { "" };
    let four_d = running::start(folder, options, devices)
        .map_err(|error| Failure::new(format!("The stand-in of 4D does not start: {error}.")))?;
    print(&format!("A stand-in of 4D, which is no 4D, takes pushes at {}.{comes}\n\n", four_d.url))?;
    Ok(four_d)
}

/// Where the sample is.
struct Place {
    dir: PathBuf,
    /// What is to be removed at the end.
    temporary: Option<TempDir>,
    /// `None` for one that an earlier demo made.
    made: Option<Made>,
}

impl Place {
    fn make(dir: Option<&Path>, sample: &Sample) -> Result<Self, Failure> {
        let Some(dir) = dir else {
            let made = tempfile::Builder::new().prefix("mobile-sessions-demo-").tempdir();
            let temporary = made.map_err(|error| cannot_make(&std::env::temp_dir(), &error))?;
            let place = Self { dir: temporary.path().to_owned(), temporary: Some(temporary), made: None };
            return place.fill(sample);
        };
        let dir = std::path::absolute(dir).map_err(|error| cannot_make(dir, &error))?;
        keep_out_of_mobile_apps(&dir)?;
        let place = Self { dir, temporary: None, made: None };
        if place.is_demo() {
            return Ok(place);
        }
        if !is_free(&place.dir).map_err(|error| cannot_make(&place.dir, &error))? {
            let dir = place.dir.display();
            return Err(Failure::new(format!(
                "{dir} is not empty, and no demo has made it: name a new folder with --dir."
            )));
        }
        place.fill(sample)
    }

    /// The note comes last: a folder that was not finished is none to use again.
    fn fill(mut self, sample: &Sample) -> Result<Self, Failure> {
        let made = sample::write(&self.mobile_apps(), sample).and_then(|made| {
            fs::write(self.dir.join(NOTE), NOTE_TEXT)?;
            Ok(made)
        });
        self.made = Some(made.map_err(|error| cannot_make(&self.dir, &error))?);
        Ok(self)
    }

    fn is_demo(&self) -> bool {
        fs::read(self.dir.join(NOTE)).is_ok_and(|note| note == NOTE_TEXT.as_bytes()) && self.mobile_apps().is_dir()
    }

    fn mobile_apps(&self) -> PathBuf {
        self.dir.join(MOBILE_APPS)
    }

    fn tell(&self, data_dir: &Path) -> Result<(), Failure> {
        let what = match self.made {
            Some(Made { apps, sessions, pending, noncompliant }) => format!(
                "Made a sample MobileApps folder: {} with {}, {pending} waiting, {noncompliant} not compliant.",
                counted(apps as u64, "app"),
                counted(sessions as u64, "session"),
            ),
            None => "The sample of an earlier demo is used as it is.".to_owned(),
        };
        let end = if self.temporary.is_some() { "It is removed when this program stops (Ctrl-C).\n" } else { "" };
        let (folder, data) = (self.mobile_apps(), data_dir.display());
        print(&format!("{what}\n  sample: {}\n  data:   {data}\n{end}\n", folder.display()))
    }

    fn leave(self) {
        let dir = self.dir;
        if let Some(Err(error)) = self.temporary.map(TempDir::close) {
            eprintln!("The temporary folder {} could not be removed: {error}.", dir.display());
        }
    }
}

/// A folder inside of one that has 4D's key would look like an app to 4D's components.
fn keep_out_of_mobile_apps(dir: &Path) -> Result<(), Failure> {
    // Links are followed as far as there is something.
    let real = dir.ancestors().find_map(|ancestor| ancestor.canonicalize().ok()).unwrap_or_else(|| dir.to_owned());
    match real.ancestors().find(|ancestor| ancestor.join("key.mobileapp").exists()) {
        None => Ok(()),
        Some(theirs) => Err(Failure::new(format!(
            "{} is a MobileApps folder, which is 4D's alone: name a folder outside of it with --dir.",
            theirs.display()
        ))),
    }
}

/// Whether nothing is there, or an empty folder.
fn is_free(dir: &Path) -> io::Result<bool> {
    match fs::read_dir(dir) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
    }
}

fn cannot_make(dir: &Path, error: &io::Error) -> Failure {
    Failure::new(format!("The sample cannot be made in {}: {error}. Name another folder with --dir.", dir.display()))
}
