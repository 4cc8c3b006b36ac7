//! Who made a session what it is now: found in the journal, where the change stands before its file is touched.

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use crate::domain::account::{Actor, ActorKind};
use crate::domain::change::{Digest, Values};
use crate::domain::decision::{Decision, Declined};
use crate::domain::session::SessionKey;
use crate::store::database::Error;
use crate::store::database::columns::{from_json, unreadable};
use crate::store::database::journal::OF_FILES;

/// What a session is now, as far as it tells who made it so.
pub(super) struct Now<'a> {
    /// The first bytes of its file's digest; `None` where it is gone.
    pub content: Option<u64>,
    pub status: Option<&'a str>,
    pub previous_status: Option<&'a str>,
}

/// A change that no event was told of yet. It may be without an outcome: its event may come first.
pub(super) struct OwnChange {
    pub id: String,
    pub actor: Actor,
    /// Since when the session had been waiting before the change that this one undoes.
    pub waited_since: Option<i64>,
    /// That it was declined before that change.
    pub declined: Option<Declined>,
    status_after: Option<String>,
    /// `None` where it took the file away.
    content_after: Option<u64>,
}

/// The change, newer than `change_id`, that made a session what it is now, if one did.
pub(super) async fn find_change(
    tx: &mut AnyConnection,
    key: &SessionKey,
    change_id: Option<&str>,
    now: &Now<'_>,
) -> Result<Option<OwnChange>, Error> {
    // That none of the last few left the session as it is says enough.
    let rows = sqlx::query(AssertSqlSafe(format!(
        "SELECT id, actor_kind, actor_name, after_values, digest_after,
         (SELECT undone.waited_since FROM change AS undone WHERE undone.id = change.undoes) AS waited_since,
         (SELECT undone.decision_before FROM change AS undone WHERE undone.id = change.undoes) AS declined
         FROM change WHERE session = $1 AND app = $2 AND id > $3 AND {OF_FILES} ORDER BY id DESC LIMIT 20"
    )))
    .bind(key.id.as_str())
    .bind(key.app.as_str())
    .bind(change_id.unwrap_or_default())
    .fetch_all(tx)
    .await?;
    let mut changes = rows.iter().rev().map(own_change).collect::<Result<Vec<_>, Error>>()?;
    let left = changes.iter().position(|change| change.left(now));
    let found = left.or_else(|| changes.iter().rposition(|change| change.set_status(now)));
    Ok(found.map(|place| changes.swap_remove(place)))
}

impl OwnChange {
    /// Whether the session is what this change left.
    fn left(&self, now: &Now<'_>) -> bool {
        self.content_after == now.content
    }

    /// Whether it made the status what it is, and another program wrote over the rest before anybody looked.
    fn set_status(&self, now: &Now<'_>) -> bool {
        let status = now.status.filter(|_| now.content.is_some());
        status.is_some() && status != now.previous_status && status == self.status_after.as_deref()
    }
}

fn own_change(row: &AnyRow) -> Result<OwnChange, Error> {
    let values: Option<&str> = row.try_get("after_values")?;
    let values: Option<Values> = values.map(serde_json::from_str).transpose().map_err(|e| Error::Decode(e.into()))?;
    let digest: Option<&[u8]> = row.try_get("digest_after")?;
    let decision: Option<Decision> = from_json(row.try_get("declined")?)?;
    let kind = ActorKind::parse(row.try_get("actor_kind")?).ok_or_else(|| unreadable("an actor that is none"))?;
    Ok(OwnChange {
        id: row.try_get("id")?,
        actor: Actor { kind, name: row.try_get("actor_name")? },
        waited_since: row.try_get("waited_since")?,
        declined: decision.as_ref().and_then(Decision::declined).cloned(),
        status_after: values.and_then(|values| values.status),
        content_after: digest.and_then(Digest::from_bytes).map(|digest| digest.content()),
    })
}
