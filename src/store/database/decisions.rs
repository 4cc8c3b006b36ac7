//! What people decided on sessions beside their files; and what is remembered of devices, for the sessions that they come
//! back with.

use std::collections::HashMap;

use sqlx::{AnyConnection, AssertSqlSafe, Row};

use super::Error;
use super::columns::{from_json, to_json};
use super::sql::Sql;
use crate::domain::account::Actor;
use crate::domain::app_id::AppId;
use crate::domain::change::Action;
use crate::domain::decision::{Declined, Note};
use crate::domain::session::SessionKey;

/// How many devices one statement looks for.
const AT_ONCE: usize = 500;

/// A decision that counts from now on.
pub(super) struct Decided {
    pub key: SessionKey,
    pub action: Action,
    pub actor: Actor,
}

/// Brings a decline into the catalogue, or its end. One of a session that does not wait any more comes to nothing.
pub(super) async fn apply(tx: &mut AnyConnection, key: &SessionKey, declined: Option<&Declined>) -> Result<(), Error> {
    let device: Option<Option<i64>> = sqlx::query_scalar(
        "UPDATE session SET declined = $1 WHERE app = $2 AND id = $3 AND class = 1 RETURNING same_device",
    )
    .bind(declined.map(to_json).transpose()?)
    .bind(key.app.as_str())
    .bind(key.id.as_str())
    .fetch_optional(&mut *tx)
    .await?;
    match device.flatten() {
        Some(device) => remember(tx, &key.app, device, declined).await,
        None => Ok(()),
    }
}

/// Remembers whether a device is declined in an app. What ends, ends in all folders of the app.
pub(super) async fn remember(
    tx: &mut AnyConnection,
    app: &AppId,
    device: i64,
    declined: Option<&Declined>,
) -> Result<(), Error> {
    let Some(declined) = declined else {
        let folders = folders(&mut *tx, app).await?;
        return forget(tx, "declined", device, folders).await;
    };
    mark(tx, "declined", (device, app), to_json(declined)?).await
}

/// Remembers, in one of these folders of an app, what people call a device and say of it. In the others that ends.
pub(super) async fn remember_note(
    tx: &mut AnyConnection,
    app: &AppId,
    folders: Vec<String>,
    device: i64,
    note: Option<String>,
) -> Result<(), Error> {
    forget(&mut *tx, "note", device, folders).await?;
    match note {
        Some(note) => mark(tx, "note", (device, app), note).await,
        None => Ok(()),
    }
}

async fn mark(
    tx: &mut AnyConnection,
    column: &'static str,
    (device, app): (i64, &AppId),
    value: String,
) -> Result<(), Error> {
    let sql = format!(
        "INSERT INTO device_mark (device, app, {column}) VALUES ($1, $2, $3)
         ON CONFLICT (device, app) DO UPDATE SET {column} = excluded.{column}"
    );
    let query = sqlx::query(AssertSqlSafe(sql)).bind(device).bind(app.as_str()).bind(value);
    query.execute(tx).await.map(drop)
}

async fn forget(tx: &mut AnyConnection, column: &'static str, device: i64, folders: Vec<String>) -> Result<(), Error> {
    let mut sql = Sql::new(format!("UPDATE device_mark SET {column} = NULL WHERE device = "));
    sql.push_bind(device).push_in(" AND app", folders);
    sql.build()?.execute(&mut *tx).await?;
    let empty = sqlx::query("DELETE FROM device_mark WHERE device = $1 AND declined IS NULL AND note IS NULL");
    empty.bind(device).execute(tx).await.map(drop)
}

/// All folders of an app.
pub(super) async fn folders(tx: &mut AnyConnection, app: &AppId) -> Result<Vec<String>, Error> {
    let bundles = bundles(tx).await?;
    let bundle = bundle_of(&bundles, app);
    let of_app = bundles.iter().filter(|(folder, other)| **other == bundle && *folder != app);
    Ok(of_app.map(|(folder, _)| folder.to_string()).chain([app.to_string()]).collect())
}

/// What is remembered of one device.
#[derive(Default)]
pub(super) struct Marks {
    pub declined: Option<Declined>,
    pub note: Option<Note>,
}

/// What is remembered of some devices.
#[derive(Default)]
pub(super) struct Devices {
    marks: HashMap<i64, Vec<(AppId, Marks)>>,
    bundles: HashMap<AppId, String>,
}

impl Devices {
    /// Of these, by the hashes of their ids.
    pub(super) async fn of(tx: &mut AnyConnection, devices: &[i64]) -> Result<Self, Error> {
        let mut all = Self::default();
        let is_any = sqlx::query("SELECT 1 FROM device_mark LIMIT 1").fetch_optional(&mut *tx).await?.is_some();
        if devices.is_empty() || !is_any {
            return Ok(all);
        }
        for some in devices.chunks(AT_ONCE) {
            let mut sql = Sql::new("SELECT device, app, declined, note FROM device_mark WHERE ");
            sql.push_in("device", some.iter().copied());
            for row in sql.build()?.fetch_all(&mut *tx).await? {
                let marks =
                    Marks { declined: from_json(row.try_get("declined")?)?, note: from_json(row.try_get("note")?)? };
                let app = AppId::parse(row.try_get("app")?);
                all.marks.entry(row.try_get("device")?).or_default().extend(app.map(|app| (app, marks)));
            }
        }
        if !all.marks.is_empty() {
            all.bundles = bundles(tx).await?;
        }
        Ok(all)
    }

    /// Of a device in this app, in whichever of its folders.
    pub(super) fn marks(&self, app: &AppId, device: Option<i64>) -> Marks {
        let mut marks = Marks::default();
        let known = device.and_then(|device| self.marks.get(&device));
        for (folder, known) in known.into_iter().flatten() {
            if folder == app || bundle_of(&self.bundles, folder) == bundle_of(&self.bundles, app) {
                marks.declined = marks.declined.or_else(|| known.declined.clone());
                marks.note = marks.note.or_else(|| known.note.clone());
            }
        }
        marks
    }
}

/// What folders of one app share, where it is known that it is not what their names say.
async fn bundles(tx: &mut AnyConnection) -> Result<HashMap<AppId, String>, Error> {
    let rows = sqlx::query("SELECT app, bundle FROM app").fetch_all(tx).await?;
    let mut bundles = HashMap::with_capacity(rows.len());
    for row in &rows {
        let Some(app) = AppId::parse(row.try_get(0)?) else { continue };
        let bundle: Option<String> = row.try_get(1)?;
        bundles.insert(app.clone(), bundle.unwrap_or_else(|| own_bundle(&app)));
    }
    Ok(bundles)
}

fn bundle_of(bundles: &HashMap<AppId, String>, app: &AppId) -> String {
    bundles.get(app).cloned().unwrap_or_else(|| own_bundle(app))
}

fn own_bundle(app: &AppId) -> String {
    app.bundle_id().to_lowercase()
}
