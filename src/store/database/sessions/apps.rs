//! The folders of apps: how many sessions they hold, and what they are called.

use std::collections::{BTreeMap, HashMap};

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use super::row::{Counted, LIVE, class};
use crate::domain::app_id::{AppId, Belongs};
use crate::domain::session::{App, Counts, Session, StatusClass};
use crate::store::database::columns::{Flag, flag, stored, text, unreadable};
use crate::store::database::{Database, Error};

/// What an app's manifest says that lists show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// By what the file system says of its file.
    pub fingerprint: u64,
    pub name: Option<String>,
    /// `ios`, `android`; `None` for a manifest that cannot be read.
    pub targets: Option<Vec<String>>,
}

/// One folder.
#[derive(Clone, Debug)]
pub struct AppRow {
    pub id: AppId,
    /// The bundle id as a session gives it, folded, where the folder's name does not tell it from the team.
    bundle: Option<String>,
    /// Whether it holds a session or a manifest, and so is an app.
    pub listed: bool,
    pub counts: Counts,
    /// As its sessions, or else its manifest, name it.
    pub name: Option<String>,
    pub manifest: Option<Manifest>,
}

impl AppRow {
    fn new(id: AppId) -> Self {
        Self { id, bundle: None, listed: false, counts: Counts::default(), name: None, manifest: None }
    }

    /// What folders of one app share.
    pub fn bundle(&self) -> String {
        self.bundle.clone().unwrap_or_else(|| self.id.bundle_id().to_lowercase())
    }

    /// The app as the API shows it, by this name and with its other folders.
    pub fn show(&self, name: String, also_in: Vec<AppId>) -> App {
        let targets = self.manifest.as_ref().and_then(|manifest| manifest.targets.clone());
        App {
            id: self.id.clone(),
            team_id: self.id.team_id().map(str::to_owned),
            bundle_id: self.id.bundle_id().to_owned(),
            label: format!("{name} ({})", self.id),
            name,
            also_in,
            has_manifest: targets.is_some(),
            targets: targets.unwrap_or_default(),
            sessions: self.counts,
        }
    }
}

impl Database {
    /// The folders that are apps, by their names.
    pub async fn apps(&self) -> Result<Vec<AppRow>, Error> {
        let rows = sqlx::query("SELECT * FROM app WHERE listed = 1 ORDER BY app").fetch_all(self.readers()).await?;
        let mut declined = self.declined().await?;
        rows.iter()
            .map(|row| {
                let mut app = read(row)?;
                app.counts.declined = declined.remove(&app.id).unwrap_or_default();
                Ok(app)
            })
            .collect()
    }

    /// How many pending sessions of an app are declined: most apps have none.
    async fn declined(&self) -> Result<HashMap<AppId, u64>, Error> {
        let sql = format!(
            "SELECT app, count(*) FROM session{} WHERE {LIVE} AND declined IS NOT NULL AND class = 1 GROUP BY app",
            self.engine.indexed_by("session_declined")
        );
        let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(self.readers()).await?;
        let count = |row: &AnyRow| {
            let app = AppId::parse(row.try_get(0)?).ok_or_else(|| unreadable("an app that is none"))?;
            Ok((app, row.try_get::<i64, _>(1)?.cast_unsigned()))
        };
        rows.iter().map(count).collect()
    }

    /// How many sessions there are in all.
    pub async fn counts(&self) -> Result<Counts, Error> {
        let sums = "SELECT CAST(coalesce(sum(accepted), 0) AS BIGINT), CAST(coalesce(sum(pending), 0) AS BIGINT), \
             CAST(coalesce(sum(other), 0) AS BIGINT), CAST(coalesce(sum(noncompliant), 0) AS BIGINT) FROM app";
        let counts = counts(&sqlx::query(sums).fetch_one(self.readers()).await?, 0)?;
        Ok(Counts { declined: self.declined().await?.values().sum(), ..counts })
    }
}

fn read(row: &AnyRow) -> Result<AppRow, Error> {
    let targets: Option<&str> = row.try_get("targets")?;
    let targets = targets.map(serde_json::from_str).transpose().map_err(|error| Error::Decode(Box::new(error)))?;
    let name = text(row, "manifest_name")?;
    let manifest = row.try_get::<Option<i64>, _>("manifest")?;
    Ok(AppRow {
        id: AppId::parse(row.try_get("app")?).ok_or_else(|| unreadable("an app that is none"))?,
        bundle: row.try_get("bundle")?,
        listed: flag(row, "listed")?,
        counts: counts(row, 3)?,
        name: text(row, "name")?,
        manifest: manifest.map(|number| Manifest { fingerprint: number.cast_unsigned(), name, targets }),
    })
}

/// Of the four columns from this one on; without those that are declined.
fn counts(row: &AnyRow, first: usize) -> Result<Counts, Error> {
    let number = |column: usize| Ok::<_, Error>(row.try_get::<i64, _>(first + column)?.cast_unsigned());
    let (accepted, pending, other) = (number(0)?, number(1)?, number(2)?);
    Ok(Counts { total: accepted + pending + other, accepted, pending, other, noncompliant: number(3)?, declined: 0 })
}

/// What an observation changes of apps.
pub(super) struct AppChanges(BTreeMap<AppId, AppChange>);

struct AppChange {
    row: AppRow,
    was_listed: bool,
    /// Whether its name may be another one.
    is_renamed: bool,
}

impl AppChanges {
    /// Of these apps, as they are.
    pub(super) async fn of(tx: &mut AnyConnection, apps: impl Iterator<Item = &AppId>) -> Result<AppChanges, Error> {
        let mut changes = BTreeMap::new();
        for app in apps {
            if changes.contains_key(app) {
                continue;
            }
            let query = sqlx::query("SELECT * FROM app WHERE app = $1").bind(app.as_str());
            let row = query.fetch_optional(&mut *tx).await?.as_ref().map(read).transpose()?;
            let row = row.unwrap_or_else(|| AppRow::new(app.clone()));
            changes.insert(app.clone(), AppChange { was_listed: row.listed, row, is_renamed: false });
        }
        Ok(AppChanges(changes))
    }

    /// Counts a session as it was out, and as it is now in.
    pub(super) fn count(&mut self, app: &AppId, before: Option<Counted>, after: Option<Counted>) {
        let Some(change) = self.0.get_mut(app) else { return };
        for (counted, by) in [(before, -1), (after, 1)] {
            let Some(counted) = counted else { continue };
            add(&mut change.row.counts, counted, by);
        }
    }

    /// That sessions say another name than they did. What says the app's name already changes nothing.
    pub(super) fn rename(&mut self, app: &AppId, name: Option<&str>) {
        if let Some(change) = self.0.get_mut(app) {
            change.is_renamed |= name.map(str::trim) != change.row.name.as_deref();
        }
    }

    /// The team of a folder can be the team's name, which only a session tells from the bundle id.
    pub(super) fn learn_bundle(&mut self, session: &Session) {
        let team = session.team.as_ref().and_then(|team| team.id.as_deref()).filter(|team| !team.is_empty());
        let application = session.application.as_ref().and_then(|application| application.id.as_deref());
        let (Some(change), Some(team), Some(application)) = (self.0.get_mut(&session.app), team, application) else {
            return;
        };
        let bundle = application.to_lowercase();
        if change.row.bundle() != bundle && session.app.belongs_to(Some(team), application) == Belongs::Exactly {
            change.row.bundle = Some(bundle);
        }
    }

    pub(super) fn set_manifest(&mut self, app: &AppId, manifest: Option<Manifest>) {
        if let Some(change) = self.0.get_mut(app) {
            change.row.manifest = manifest;
            change.is_renamed = true;
        }
    }

    /// Writes them down. Gives the apps that came, and those that went.
    pub(super) async fn write(self, tx: &mut AnyConnection) -> Result<(Vec<AppId>, Vec<AppId>), Error> {
        let (mut come, mut went) = (Vec::new(), Vec::new());
        for (id, AppChange { mut row, was_listed, is_renamed }) in self.0 {
            if is_renamed {
                row.name = name(tx, &row).await?;
            }
            row.listed = row.counts.total > 0 || row.manifest.is_some();
            write(tx, &row).await?;
            match (was_listed, row.listed) {
                (false, true) => come.push(id),
                (true, false) => went.push(id),
                _ => {}
            }
        }
        Ok((come, went))
    }
}

fn add(counts: &mut Counts, counted: Counted, by: i64) {
    let count = match StatusClass::all().find(|one| class(*one) == counted.class) {
        Some(StatusClass::Accepted) => &mut counts.accepted,
        Some(StatusClass::Pending) => &mut counts.pending,
        Some(StatusClass::Other) => &mut counts.other,
        None => return,
    };
    *count = count.saturating_add_signed(by);
    counts.total = counts.total.saturating_add_signed(by);
    if counted.noncompliant {
        counts.noncompliant = counts.noncompliant.saturating_add_signed(by);
    }
}

/// What an app is called: as its latest session says, else its manifest. Where sessions give a bare version for a name,
/// the manifest's name, else the commonest one.
async fn name(tx: &mut AnyConnection, app: &AppRow) -> Result<Option<String>, Error> {
    let in_manifest = app.manifest.as_ref().and_then(|manifest| manifest.name.clone());
    let Flag(has_versions) = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM session WHERE app = $1 AND naming = 2)")
        .bind(app.id.as_str())
        .fetch_one(&mut *tx)
        .await?;
    let sql = match (has_versions, &in_manifest) {
        (true, Some(_)) => return Ok(in_manifest),
        (true, None) => {
            "SELECT trim(application_name) FROM session WHERE app = $1 AND naming = 1
             GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"
        }
        (false, _) => {
            "SELECT trim(application_name) FROM session WHERE app = $1 AND naming = 1 ORDER BY modified DESC LIMIT 1"
        }
    };
    let in_sessions = sqlx::query(sql).bind(app.id.as_str()).fetch_optional(&mut *tx).await?;
    let in_sessions = in_sessions.as_ref().map(|row| text(row, 0)).transpose()?.flatten();
    Ok(in_sessions.or(in_manifest))
}

async fn write(tx: &mut AnyConnection, row: &AppRow) -> Result<(), Error> {
    let AppRow { id, bundle, listed, counts, name, manifest } = row;
    let targets = manifest.as_ref().and_then(|manifest| manifest.targets.as_ref()).map(serde_json::to_string);
    sqlx::query(
        "INSERT INTO app (app, bundle, listed, accepted, pending, other, noncompliant, name, manifest, manifest_name,
         targets) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (app) DO UPDATE SET bundle = excluded.bundle,
         listed = excluded.listed, accepted = excluded.accepted, pending = excluded.pending, other = excluded.other,
         noncompliant = excluded.noncompliant, name = excluded.name, manifest = excluded.manifest,
         manifest_name = excluded.manifest_name, targets = excluded.targets",
    )
    .bind(id.as_str())
    .bind(bundle)
    .bind(Flag(*listed))
    .bind(counts.accepted.cast_signed())
    .bind(counts.pending.cast_signed())
    .bind(counts.other.cast_signed())
    .bind(counts.noncompliant.cast_signed())
    .bind(name.as_deref().map(stored))
    .bind(manifest.as_ref().map(|manifest| manifest.fingerprint.cast_signed()))
    .bind(manifest.as_ref().and_then(|manifest| manifest.name.as_deref()).map(stored))
    .bind(targets.transpose().map_err(|error| Error::Encode(Box::new(error)))?)
    .execute(tx)
    .await
    .map(drop)
}

/// The folders of each app, by what they share.
pub fn by_bundle(apps: &[AppRow]) -> HashMap<String, Vec<&AppRow>> {
    let mut folders: HashMap<String, Vec<&AppRow>> = HashMap::new();
    for app in apps {
        folders.entry(app.bundle()).or_default().push(app);
    }
    folders
}
