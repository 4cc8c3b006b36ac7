//! What people decided on sessions beside their files; and on devices, for the sessions that they come back with.

use std::collections::HashMap;

use sqlx::{AnyConnection, Row};

use super::Error;
use super::sql::Sql;
use crate::domain::account::Actor;
use crate::domain::app_id::AppId;
use crate::domain::change::Action;
use crate::domain::decision::{Decision, Declined};
use crate::domain::session::SessionKey;

/// How many devices one statement looks for.
const AT_ONCE: usize = 500;

/// A decision that counts from now on.
pub(super) struct Decided {
    pub key: SessionKey,
    pub action: Action,
    pub actor: Actor,
}

/// Brings a decision into the catalogue. One on a session that does not wait any more comes to nothing.
pub(super) async fn apply(tx: &mut AnyConnection, key: &SessionKey, decision: Option<&Decision>) -> Result<(), Error> {
    let declined = decision.and_then(Decision::declined);
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
        let bundles = bundles(tx).await?;
        let bundle = bundle_of(&bundles, app);
        let mut folders: Vec<String> =
            bundles.iter().filter(|(_, other)| **other == bundle).map(|(folder, _)| folder.to_string()).collect();
        folders.push(app.to_string());
        let mut sql = Sql::new("DELETE FROM device_mark WHERE device = ");
        sql.push_bind(device).push_in(" AND app", folders);
        return sql.build()?.execute(tx).await.map(drop);
    };
    sqlx::query(
        "INSERT INTO device_mark (device, app, declined) VALUES ($1, $2, $3)
         ON CONFLICT (device, app) DO UPDATE SET declined = excluded.declined",
    )
    .bind(device)
    .bind(app.as_str())
    .bind(to_json(declined)?)
    .execute(tx)
    .await
    .map(drop)
}

/// What is remembered of some devices.
#[derive(Default)]
pub(super) struct Devices {
    declined: HashMap<i64, Vec<(AppId, Declined)>>,
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
            let mut sql = Sql::new("SELECT device, app, declined FROM device_mark WHERE declined IS NOT NULL");
            sql.push_in(" AND device", some.iter().copied());
            for row in sql.build()?.fetch_all(&mut *tx).await? {
                let declined = read(row.try_get("declined")?)?;
                let app = AppId::parse(row.try_get("app")?);
                all.declined.entry(row.try_get("device")?).or_default().extend(app.zip(declined));
            }
        }
        if !all.declined.is_empty() {
            all.bundles = bundles(tx).await?;
        }
        Ok(all)
    }

    /// That a device is declined in this app, in whichever of its folders.
    pub(super) fn declined(&self, app: &AppId, device: Option<i64>) -> Option<&Declined> {
        let bundle = || bundle_of(&self.bundles, app);
        let known = self.declined.get(&device?)?;
        let here = known.iter().find(|(folder, _)| folder == app || bundle_of(&self.bundles, folder) == bundle());
        here.map(|(_, declined)| declined)
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

/// A decision as a column holds it.
pub(super) fn to_json<T: serde::Serialize>(value: &T) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|error| Error::Encode(Box::new(error)))
}

pub(super) fn read<T: serde::de::DeserializeOwned>(json: Option<&str>) -> Result<Option<T>, Error> {
    json.map(serde_json::from_str).transpose().map_err(|error| Error::Decode(Box::new(error)))
}
