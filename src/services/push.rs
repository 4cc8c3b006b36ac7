//! What of the changes made here 4D does not know yet.

use serde::Serialize;
use utoipa::ToSchema;

use super::catalog::Catalog;
use super::error::Error;
use crate::domain::account::AppScope;
use crate::domain::compliance::{Finding, Problem};
use crate::domain::query::Filter;
use crate::domain::session::SessionKey;

/// What waits for a push.
#[derive(Debug, Serialize, ToSchema)]
pub struct PushState {
    /// Whether there is a connection to 4D.
    pub configured: bool,
    /// How many sessions have changes that were not pushed, deleted ones too.
    pub unpushed: u64,
    /// What a push would do.
    pub preview: Preview,
    /// The last push; there was none without a connection.
    pub last: Option<serde_json::Value>,
}

/// A session by its name.
#[derive(Debug, Serialize, ToSchema)]
pub struct Named {
    /// The app.
    pub app: String,
    /// The session.
    pub id: String,
}

/// A session that 4D would drop.
#[derive(Debug, Serialize, ToSchema)]
pub struct Dropped {
    /// The app.
    pub app: String,
    /// The session.
    pub id: String,
    /// Why.
    #[schema(value_type = Vec<Problem>)]
    pub problems: Vec<Finding>,
}

/// What a push would do.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct Preview {
    /// Changed here, and still there.
    pub refresh: Vec<Named>,
    /// Deleted here.
    pub remove: Vec<Named>,
    /// Changed by somebody else since the last push that 4D answered: there was none.
    pub outside: Vec<Named>,
    /// What 4D would drop now.
    pub noncompliant: Vec<Dropped>,
}

impl From<SessionKey> for Named {
    fn from(key: SessionKey) -> Self {
        Self { app: key.app.to_string(), id: key.id.to_string() }
    }
}

/// What waits for a push, as this caller may see it.
pub fn state(catalog: &Catalog, scope: &AppScope) -> Result<PushState, Error> {
    let unpushed = catalog.unpushed(scope);
    let count = unpushed.len() as u64;
    let mut preview = Preview::default();
    for key in unpushed {
        let there = catalog.session(scope, &key)?.is_some();
        if there { &mut preview.refresh } else { &mut preview.remove }.push(key.into());
    }
    let filter = Filter { compliant: Some(false), ..Filter::default() };
    for key in catalog.keys(scope, &filter)? {
        let Some(session) = catalog.session(scope, &key)? else { continue };
        let problems: Vec<Finding> = session.problems.into_iter().filter(|finding| !finding.assumed()).collect();
        if !problems.is_empty() {
            let Named { app, id } = key.into();
            preview.noncompliant.push(Dropped { app, id, problems });
        }
    }
    Ok(PushState { configured: false, unpushed: count, preview, last: None })
}
