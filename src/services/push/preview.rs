//! What a push would do.

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::account::AppScope;
use crate::domain::compliance::{Finding, Problem};
use crate::domain::session::SessionKey;
use crate::services::catalog::Catalog;
use crate::services::error::Error;
use crate::store::database::pushes::Mark;

/// A session by its name.
#[derive(Debug, Serialize, ToSchema)]
pub struct Named {
    /// The app.
    pub app: String,
    /// The session.
    pub id: String,
    /// The newest change to it that was not pushed.
    #[serde(skip)]
    pub change: Option<String>,
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
    /// Changed by somebody else since the last push that 4D answered.
    pub outside: Vec<Named>,
    /// What 4D would drop now, and has not dropped yet.
    pub noncompliant: Vec<Dropped>,
}

impl From<SessionKey> for Named {
    fn from(key: SessionKey) -> Self {
        Self { app: key.app.to_string(), id: key.id.to_string(), change: None }
    }
}

/// Of what was changed here and elsewhere, and what 4D does not take; all of it is the caller's to see.
pub fn of(
    catalog: &Catalog,
    scope: &AppScope,
    marks: Vec<Mark>,
    outside: impl Iterator<Item = SessionKey>,
    dropped: Vec<SessionKey>,
) -> Result<Preview, Error> {
    let mut preview = Preview { outside: outside.map(Named::from).collect(), ..Preview::default() };
    for (key, change) in marks {
        let there = catalog.compliance(&key)?.is_some();
        let named = Named { change: Some(change), ..key.into() };
        if there { &mut preview.refresh } else { &mut preview.remove }.push(named);
    }
    for key in dropped {
        let Some(session) = catalog.session(scope, &key)? else { continue };
        let problems = session.problems.into_iter().filter(|finding| !finding.assumed()).collect();
        let Named { app, id, .. } = key.into();
        preview.noncompliant.push(Dropped { app, id, problems });
    }
    Ok(preview)
}
