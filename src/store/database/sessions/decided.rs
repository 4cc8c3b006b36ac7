//! What is told of a decision.

use sqlx::{AnyConnection, AssertSqlSafe};

use super::row::{LIVE, SHOWN, read};
use crate::domain::change::Action;
use crate::domain::event::{Event, EventKind, Numbered};
use crate::domain::timestamp::Timestamp;
use crate::store::database::Error;
use crate::store::database::decisions::Decided;

/// The event of a decision, with the session as it is since.
pub(super) async fn event(tx: &mut AnyConnection, decided: Decided, at: Timestamp) -> Result<Numbered, Error> {
    let Decided { key, action, actor } = decided;
    let sql = format!("SELECT {SHOWN} FROM session WHERE app = $1 AND id = $2 AND {LIVE}");
    let query = sqlx::query(AssertSqlSafe(sql)).bind(key.app.to_string()).bind(key.id.to_string());
    let session = query.fetch_optional(tx).await?.as_ref().map(read).transpose()?;
    let kind = match action {
        Action::SetNote => EventKind::SessionNoted,
        Action::Undecline => EventKind::SessionUndeclined,
        _ => EventKind::SessionDeclined,
    };
    let status = session.as_ref().and_then(|session| session.status.clone());
    let event = Event {
        app: Some(key.app),
        id: Some(key.id),
        previous_status: status.clone(),
        status,
        declined: session.as_ref().is_some_and(|session| session.declined.is_some()),
        actor: Some(actor),
        ..Event::new(kind, at)
    };
    Ok(Numbered::unnumbered(event, session))
}
