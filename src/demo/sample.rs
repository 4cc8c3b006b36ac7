//! Writes a MobileApps folder as 4D would: for the demo, the benchmark and whoever wants to try something.
//!
//! One seed gives the same folder again, byte for byte, but for the times of the files, which go
//! back from the moment of writing.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;
use std::time::{Duration, SystemTime};

use serde::Serialize as _;
use serde_json::ser::{PrettyFormatter, Serializer};
use serde_json::{Value, json};

use super::names::{ANDROID_DEVICES, DOMAINS, FIRST_NAMES, IOS_DEVICES, LANGUAGES, LAST_NAMES};
use super::random::Random;
use crate::domain::session::document::BYTE_ORDER_MARK;
use crate::domain::token::ConnectionToken;
use crate::store::folder::MANIFEST;

/// What is written.
///
/// ```
/// use mobile_sessions::demo::sample::{Sample, write};
/// let place = tempfile::tempdir()?;
/// let made = write(place.path(), &Sample { apps: 2, sessions: 20, seed: 7, oddities: false })?;
/// assert_eq!((made.apps, made.sessions, made.noncompliant), (2, 20, 0));
/// # std::io::Result::Ok(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    pub apps: usize,
    /// How many sessions in all of them. Each app gets one at least, where there are enough.
    pub sessions: usize,
    /// Another seed gives another folder.
    pub seed: u64,
    /// Whether some files are broken or unusual. Without, every file is compliant and in 4D's usual form.
    pub oddities: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Made {
    pub apps: usize,
    pub sessions: usize,
    /// How many of them wait to be let in.
    pub pending: usize,
    /// How many of them 4D would refuse.
    pub noncompliant: usize,
}

const OLDEST: u64 = 60 * DAY;
/// Nobody is left waiting for longer.
const LONGEST_WAIT: u64 = 2 * DAY;
/// The youngest file's age: it must not look half-written.
const YOUNGEST: u64 = 2 * 60;
const DAY: u64 = 24 * 60 * 60;

/// Writes a sample folder: `dir` is made where it is missing, and refused unless it is empty.
pub fn write(dir: &Path, sample: &Sample) -> io::Result<Made> {
    fs::create_dir_all(dir)?;
    if fs::read_dir(dir)?.next().is_some() {
        return Err(io::Error::new(io::ErrorKind::DirectoryNotEmpty, "the folder is not empty"));
    }
    let now = SystemTime::now();
    let mut random = Random(sample.seed);
    let apps: Vec<App> = (0..sample.apps).map(App::new).collect();
    new_file(&dir.join("key.mobileapp"), format!("{}\n", random.hex(64)).as_bytes(), now, OLDEST)?;
    for app in &apps {
        fs::create_dir(dir.join(app.folder()))?;
        if app.manifest {
            new_file(&dir.join(app.folder()).join(MANIFEST), &pretty(&app.manifest())?, now, OLDEST)?;
        }
    }
    let mut made = Made { apps: apps.len(), sessions: sample.sessions, ..Made::default() };
    let mut installs: Vec<Vec<Install>> = apps.iter().map(|_| Vec::new()).collect();
    for number in 0..sample.sessions {
        let oddity = if sample.oddities { Oddity::of(number, sample.sessions) } else { None };
        let Some(at) = app_of(&mut random, number, apps.len(), oddity) else { break };
        let install = Install::new(&mut random, &apps[at], number, &installs[at]);
        let file = SessionFile::new(&mut random, &apps[at], &install, oddity)?;
        new_file(&dir.join(apps[at].folder()).join(&file.name), &file.bytes, now, install.age)?;
        made.pending += usize::from(file.pending);
        made.noncompliant += usize::from(file.noncompliant);
        installs[at].push(install);
    }
    Ok(made)
}

/// Devices that sign in one after another, after the sample was written.
pub struct Arrivals {
    random: Random,
    apps: Vec<App>,
    number: usize,
}

impl Arrivals {
    /// In the apps of a sample that are there. Without any, nobody comes.
    pub fn new(dir: &Path, seed: u64) -> Self {
        let apps = (0..APPS.len()).map(App::new).filter(|app| dir.join(app.folder()).is_dir());
        // Not the devices of the sample over again.
        Self { random: Random(seed ^ 0xa5a5_a5a5), apps: apps.collect(), number: 10_000 }
    }

    /// Writes the session of the next device, which waits to be let in: its app, its name and its bytes.
    pub fn next(&mut self, dir: &Path) -> io::Result<Option<(String, String, Vec<u8>)>> {
        if self.apps.is_empty() {
            return Ok(None);
        }
        let app = &self.apps[self.random.place(self.apps.len())];
        self.number += 1;
        let mut install = Install::new(&mut self.random, app, self.number, &[]);
        install.pending = true;
        let file = SessionFile::new(&mut self.random, app, &install, None)?;
        new_file(&dir.join(app.folder()).join(&file.name), &file.bytes, SystemTime::now(), 0)?;
        Ok(Some((app.folder(), file.name, file.bytes)))
    }

    /// How long the next one is waited for, in seconds.
    pub fn pause(&mut self) -> u64 {
        self.random.between(20, 40)
    }
}

fn new_file(path: &Path, bytes: &[u8], now: SystemTime, age: u64) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    file.set_modified(now - Duration::from_secs(age))
}

/// As 4D writes since v19 R2: indented by tabs, and lines that end with LF.
fn pretty(value: &Value) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(1024);
    value.serialize(&mut Serializer::with_formatter(&mut bytes, PrettyFormatter::with_indent(b"\t")))?;
    Ok(bytes)
}

/// Which app a session is of: one for each first, then more for those in front; what is odd goes round.
fn app_of(random: &mut Random, number: usize, apps: usize, oddity: Option<Oddity>) -> Option<usize> {
    match (apps, oddity) {
        (0, _) => None,
        _ if number < apps => Some(number),
        (_, Some(oddity)) => Some(oddity as usize % apps),
        _ => Some(random.place(apps).min(random.place(apps))),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Platform {
    Ios,
    Android,
}

use Platform::{Android, Ios};

/// Name, bundle id, team (`Some("")` is one that was concatenated all the same), targets, whether there is a manifest.
type Known = (&'static str, &'static str, Option<&'static str>, &'static [Platform], bool);

const APPS: [Known; 8] = [
    ("Field Service", "com.acme.FieldService", Some("8Q2LKX5T7M"), &[Ios], true),
    ("Warehouse", "com.acme.warehouse", None, &[Android], false),
    ("Sales", "com.acme.Sales", Some(""), &[Ios, Android], true),
    ("Visitors", "com.acme.Visitors", Some("8Q2LKX5T7M"), &[Ios, Android], true),
    ("Deliveries", "com.acme.deliveries", None, &[Android], true),
    ("Stock Count", "com.north.StockCount", Some("K7M2P9X4QA"), &[Ios], false),
    ("Inspections", "com.north.Inspections", Some("K7M2P9X4QA"), &[Ios], true),
    ("Time Sheets", "com.north.timesheets", None, &[Android], false),
];

struct App {
    name: String,
    bundle: String,
    team: Option<&'static str>,
    targets: &'static [Platform],
    manifest: bool,
}

impl App {
    /// The known ones over and over, from the second time on with a number.
    fn new(place: usize) -> Self {
        let (name, bundle, team, targets, manifest) = APPS[place % APPS.len()];
        let (name, bundle) = match place / APPS.len() {
            0 => (name.to_owned(), bundle.to_owned()),
            round => (format!("{name} {}", round + 1), format!("{bundle}{}", round + 1)),
        };
        Self { name, bundle, team, targets, manifest }
    }

    fn team(&self) -> &'static str {
        self.team.unwrap_or_default()
    }

    fn folder(&self) -> String {
        match self.team {
            Some(team) => format!("{team}.{}", self.bundle),
            None => self.bundle.clone(),
        }
    }

    fn manifest(&self) -> Value {
        let name = |target: &Platform| if *target == Ios { "iOS" } else { "android" };
        let target = match self.targets {
            [one] => json!(name(one)),
            several => json!(several.iter().map(name).collect::<Vec<_>>()),
        };
        let scheme = self.name.to_lowercase().replace(' ', "");
        json!({
            "application": { "id": self.bundle, "name": self.name },
            "team": { "id": self.team() },
            "info": { "target": target },
            "urlScheme": scheme,
            "associatedDomain": format!("https://{scheme}.acme.example"),
        })
    }
}

/// An app on a device: somebody's, of some age.
#[derive(Clone)]
struct Install {
    platform: Platform,
    device_id: String,
    description: &'static str,
    /// Old files do not have it.
    os: Option<&'static str>,
    version: &'static str,
    simulator: bool,
    push_token: Option<String>,
    email: String,
    language: (&'static str, &'static str),
    ip: String,
    app_version: &'static str,
    pending: bool,
    /// Of its file, in seconds.
    age: u64,
}

impl Install {
    fn new(random: &mut Random, app: &App, number: usize, before: &[Install]) -> Self {
        if !before.is_empty() && random.percent(15) {
            let first = random.pick(before);
            return Self::again(random, first);
        }
        let mut install = Self::device(random, app);
        if !before.is_empty() && random.percent(20) {
            // Somebody's second device.
            install.email = random.pick(before).email.clone();
        } else if random.percent(85) {
            install.email = email(random, number);
        }
        install
    }

    /// The same device after the app was installed anew: a session more.
    fn again(random: &mut Random, first: &Install) -> Self {
        let pending = random.percent(60);
        let latest = if pending { first.age.min(LONGEST_WAIT) } else { first.age };
        let push_token = first.push_token.as_ref().map(|token| random.hex(token.len()));
        Self { pending, age: random.between(YOUNGEST, latest), push_token, app_version: "1.2.0", ..first.clone() }
    }

    fn device(random: &mut Random, app: &App) -> Self {
        let platform = *random.pick(app.targets);
        let &(description, os, versions) = match platform {
            Ios => random.pick(&IOS_DEVICES),
            Android => random.pick(&ANDROID_DEVICES),
        };
        let device_id = match platform {
            Ios => uuid(random),
            Android => random.hex(16),
        };
        let simulator = random.percent(5);
        let pending = random.percent(10);
        Self {
            platform,
            device_id,
            description,
            os: (!random.percent(10)).then_some(os),
            version: *random.pick(versions),
            simulator,
            push_token: (!simulator && random.percent(40)).then(|| random.hex(64)),
            email: String::new(),
            language: *random.pick(&LANGUAGES),
            ip: if simulator { "::1".to_owned() } else { address(random) },
            app_version: *random.pick(&["1.0.0", "1.0.1", "1.1.0", "1.2.0"]),
            pending,
            age: random.between(YOUNGEST, if pending { LONGEST_WAIT } else { OLDEST }),
        }
    }

    fn document(&self, random: &mut Random, app: &App, id: &str) -> Value {
        let (code, region) = self.language;
        let mut device = json!({ "description": self.description });
        if let Some(os) = self.os {
            device["os"] = os.into();
        }
        device["version"] = self.version.into();
        device["id"] = self.device_id.as_str().into();
        device["simulator"] = self.simulator.into();
        if let Some(token) = &self.push_token {
            device["token"] = token.as_str().into();
        }
        let mut document = json!({
            "application": { "id": app.bundle, "name": app.name, "version": self.app_version },
            "team": { "id": app.team() },
            "language": { "id": format!("{code}_{region}"), "code": code, "region": region },
            "email": self.email,
            "device": device,
            "send": "link",
            "session": { "id": id, "ip": self.ip },
            "status": if self.pending { "pending" } else { "accepted" },
            "token": ConnectionToken::encode(&app.bundle, id, app.team()),
        });
        if self.platform == Android && app.team().is_empty() && random.percent(50) {
            remove(&mut document, "", "team");
        }
        document
    }
}

fn email(random: &mut Random, number: usize) -> String {
    let (first, last) = (random.pick(&FIRST_NAMES), random.pick(&LAST_NAMES));
    // Among many, names come again: the number keeps people apart.
    let more = if number < 200 { String::new() } else { number.to_string() };
    format!("{first}.{last}{more}@{}", random.pick(&DOMAINS))
}

/// Of the ranges for documentation, and of private networks; IPv4 as 4D spells it.
fn address(random: &mut Random) -> String {
    let last = random.between(1, 255);
    match random.below(10) {
        0 => format!("2001:db8:{:x}::{last:x}", random.below(0x1_0000)),
        1..=3 => format!("::ffff:203.0.113.{last}"),
        4 => format!("::ffff:198.51.100.{last}"),
        _ => format!("::ffff:192.168.{}.{last}", random.below(8)),
    }
}

fn uuid(random: &mut Random) -> String {
    let digits = random.hex(32).to_uppercase();
    let part = |from: usize, to: usize| &digits[from..to];
    format!("{}-{}-4{}-A{}-{}", part(0, 8), part(8, 12), part(13, 16), part(17, 20), part(20, 32))
}

/// What is not usual about a file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Oddity {
    /// 4D's code 1: somebody gave the file another name.
    Renamed,
    /// Code 2: its end is missing.
    CutOff,
    /// Code 3: a value was set to null by hand.
    NullEmail,
    /// Code 4: the token of another session was put in.
    ForeignToken,
    /// Before v19 R2 on macOS: a byte-order mark, and lines that end with CR.
    MarkAndCr,
    /// A word in `status` that 4D does not document.
    UnknownStatus,
    /// What an app and a database's developer add.
    UnknownFields,
    /// One line, other keys left out, in another order.
    Compact,
    /// Before v19 R2 on Windows.
    MarkAndCrlf,
    /// Indented by spaces, by an editor.
    Spaces,
}

impl Oddity {
    /// The important ones first: a small sample may not get to the end.
    const ALL: [Oddity; 10] = {
        use Oddity::*;
        [
            Renamed,
            CutOff,
            NullEmail,
            ForeignToken,
            MarkAndCr,
            UnknownStatus,
            UnknownFields,
            Compact,
            MarkAndCrlf,
            Spaces,
        ]
    };

    /// Each once, spread over the sample, and never in more than every other file.
    fn of(number: usize, sessions: usize) -> Option<Self> {
        let step = (sessions / Self::ALL.len()).max(2);
        if number % step == 1 { Self::ALL.get(number / step).copied() } else { None }
    }
}

struct SessionFile {
    name: String,
    bytes: Vec<u8>,
    pending: bool,
    noncompliant: bool,
}

impl SessionFile {
    fn new(random: &mut Random, app: &App, install: &Install, oddity: Option<Oddity>) -> io::Result<Self> {
        use Oddity::*;
        let id = random.hex(40);
        let mut document = install.document(random, app, &id);
        match oddity {
            Some(NullEmail) => document["email"] = Value::Null,
            Some(ForeignToken) => {
                document["token"] = ConnectionToken::encode(&app.bundle, &random.hex(40), app.team()).into();
            }
            Some(UnknownStatus) => document["status"] = "suspended".into(),
            Some(UnknownFields) => {
                document["parameters"] = json!({ "region": "north", "vans": [3, 7], "ratio": 1.50 });
                document["userInfo"] = json!({ "id": random.below(1000), "roles": ["driver"], "note": null });
            }
            Some(Compact) => document = compact(document),
            _ => {}
        }
        let bytes = match oddity {
            Some(Compact) => serde_json::to_vec(&document)?,
            Some(Spaces) => serde_json::to_vec_pretty(&document)?,
            _ => pretty(&document)?,
        };
        let bytes = match oddity {
            Some(CutOff) => bytes[..bytes.len() / 2].to_vec(),
            Some(MarkAndCr) => with_mark(&bytes, b"\r"),
            Some(MarkAndCrlf) => with_mark(&bytes, b"\r\n"),
            _ => bytes,
        };
        Ok(Self {
            name: if oddity == Some(Renamed) { random.hex(40) } else { id },
            bytes,
            pending: install.pending && !matches!(oddity, Some(CutOff | UnknownStatus)),
            noncompliant: matches!(oddity, Some(Renamed | CutOff | NullEmail | ForeignToken)),
        })
    }
}

/// Without the keys that some files do not have, the last first.
fn compact(mut document: Value) -> Value {
    remove(&mut document, "/language", "region");
    remove(&mut document, "/device", "version");
    match document {
        Value::Object(members) => Value::Object(members.into_iter().rev().collect()),
        other => other,
    }
}

fn remove(document: &mut Value, parent: &str, name: &str) {
    if let Some(Value::Object(parent)) = document.pointer_mut(parent) {
        parent.shift_remove(name);
    }
}

fn with_mark(bytes: &[u8], line_end: &[u8]) -> Vec<u8> {
    let lines: Vec<&[u8]> = bytes.split(|&byte| byte == b'\n').collect();
    [BYTE_ORDER_MARK, &lines.join(line_end)].concat()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::domain::session::SessionKey;
    use crate::domain::session::judge::judge;
    use crate::domain::session::schema::Schema;

    const DEMO: Sample = Sample { apps: 3, sessions: 40, seed: 1, oddities: true };

    /// The bytes of every session file, and the codes of its findings.
    fn sessions(dir: &Path) -> BTreeMap<SessionKey, (Vec<u8>, Vec<u8>)> {
        let mut all = BTreeMap::new();
        for entry in walkdir::WalkDir::new(dir).min_depth(2) {
            let path = entry.unwrap().into_path();
            let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
            if let Some(key) = SessionKey::parse(&name(path.parent().unwrap()), &name(&path)) {
                let bytes = fs::read(&path).unwrap();
                let codes = judge(&key, &bytes, &Schema::default()).1.iter().map(|finding| finding.code()).collect();
                all.insert(key, (bytes, codes));
            }
        }
        all
    }

    #[test]
    fn a_demo_has_each_code_and_each_form_once() {
        let place = tempfile::tempdir().unwrap();
        for seed in 0..50 {
            let dir = place.path().join(seed.to_string());
            let made = write(&dir, &Sample { seed, ..DEMO }).unwrap();
            let all = sessions(&dir);
            let mut codes: Vec<u8> = all.values().flat_map(|(_, codes)| codes.clone()).collect();
            codes.sort_unstable();
            assert_eq!(codes, [1, 2, 3, 4], "{seed}");
            assert_eq!((made.noncompliant, made.sessions, all.len()), (4, 40, 40));
            assert!((1..30).contains(&made.pending), "{seed}: {}", made.pending);
            let with = |what: &dyn Fn(&[u8]) -> bool| all.values().filter(|(bytes, _)| what(bytes)).count();
            assert_eq!(with(&|bytes| bytes.starts_with(BYTE_ORDER_MARK)), 2);
            assert_eq!(with(&|bytes| bytes.contains(&b'\r') && !bytes.contains(&b'\n')), 1);
            assert_eq!(with(&|bytes| !bytes.contains(&b'\r') && !bytes.contains(&b'\n')), 1);
            assert_eq!(with(&|bytes| bytes.windows(10).any(|part| part == b"\"userInfo\"")), 1);
        }
    }

    #[test]
    fn without_oddities_every_file_is_compliant() {
        let place = tempfile::tempdir().unwrap();
        for apps in [1, 3, 20] {
            let dir = place.path().join(apps.to_string());
            write(&dir, &Sample { apps, sessions: 500, seed: 3, oddities: false }).unwrap();
            let all = sessions(&dir);
            assert_eq!(all.len(), 500);
            assert!(all.values().all(|(_, codes)| codes.is_empty()));
            let used: std::collections::BTreeSet<_> = all.keys().map(|key| &key.app).collect();
            assert_eq!(used.len(), apps);
        }
    }

    #[test]
    fn devices_that_arrive_wait_and_are_in_order() {
        let place = tempfile::tempdir().unwrap();
        write(place.path(), &DEMO).unwrap();
        let before = sessions(place.path());
        let mut arrivals = Arrivals::new(place.path(), 1);
        for _ in 0..40 {
            let (app, id, bytes) = arrivals.next(place.path()).unwrap().unwrap();
            let key = SessionKey::parse(&app, &id).unwrap();
            assert!(!before.contains_key(&key));
            let (bytes_there, codes) = &sessions(place.path())[&key];
            assert_eq!((bytes_there, codes.len()), (&bytes, 0));
            assert!(String::from_utf8(bytes).unwrap().contains("\"status\": \"pending\""));
            assert!((20..40).contains(&arrivals.pause()));
        }
        let empty = tempfile::tempdir().unwrap();
        assert!(Arrivals::new(empty.path(), 1).next(empty.path()).unwrap().is_none());
    }

    #[test]
    fn a_folder_that_is_not_empty_is_left_alone() {
        let place = tempfile::tempdir().unwrap();
        fs::write(place.path().join("mine"), "").unwrap();
        let refused = write(place.path(), &DEMO).unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::DirectoryNotEmpty);
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
    }
}
