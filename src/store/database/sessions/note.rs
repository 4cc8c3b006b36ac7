//! What people call a device, and say of it: said of all its sessions in all folders of the app.

use sqlx::AnyConnection;

use super::row::{SHOWN, read, search_text};
use crate::domain::decision::Note;
use crate::domain::session::{Session, SessionKey};
use crate::store::database::Error;
use crate::store::database::columns::to_json;
use crate::store::database::decisions::{folders, remember_note};
use crate::store::database::sql::Sql;

/// Says it of a session and the others of its device, those that are gone too, and remembers it for those to come.
pub(in crate::store::database) async fn set_note(
    tx: &mut AnyConnection,
    key: &SessionKey,
    note: Option<&Note>,
) -> Result<(), Error> {
    let folders = folders(&mut *tx, &key.app).await?;
    let device = sqlx::query_scalar("SELECT same_device FROM session WHERE app = $1 AND id = $2")
        .bind(key.app.as_str())
        .bind(key.id.as_str());
    let device: Option<i64> = device.fetch_optional(&mut *tx).await?.flatten();
    let mut sql = Sql::new(format!("SELECT {SHOWN} FROM session WHERE "));
    match device {
        Some(device) => sql.push("same_device = ").push_bind(device).push_in(" AND app", folders.clone()),
        None => sql.push("app = ").push_bind(key.app.to_string()).push(" AND id = ").push_bind(key.id.to_string()),
    };
    let json = note.map(to_json).transpose()?;
    for row in sql.build()?.fetch_all(&mut *tx).await? {
        let session = Session { note: note.cloned(), ..read(&row)? };
        sqlx::query("UPDATE session SET note = $1, search = $2 WHERE app = $3 AND id = $4")
            .bind(json.as_deref())
            .bind(search_text(&session))
            .bind(session.app.as_str())
            .bind(session.id.as_str())
            .execute(&mut *tx)
            .await?;
    }
    match device {
        Some(device) => remember_note(tx, &key.app, folders, device, json).await,
        None => Ok(()),
    }
}
