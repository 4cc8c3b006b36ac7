//! What a push would do.

use std::collections::HashSet;

use crate::domain::account::AppScope;
use crate::domain::session::SessionKey;
use crate::domain::session::finding::Finding;
use crate::services::catalog::Catalog;
use crate::services::error::Error;
use crate::store::database::pushes::Mark;

/// A session by its name.
#[derive(Debug)]
pub struct Named {
    pub app: String,
    pub id: String,
    /// The newest change to it that was not pushed.
    pub change: Option<String>,
}

/// A session that 4D would drop.
#[derive(Debug)]
pub struct Dropped {
    pub app: String,
    pub id: String,
    pub problems: Vec<Finding>,
}

/// What a push would do.
#[derive(Debug, Default)]
pub struct Preview {
    pub refresh: Vec<Named>,
    pub remove: Vec<Named>,
    pub outside: Vec<Named>,
    pub noncompliant: Vec<Dropped>,
    /// What 4D may drop too: its schema is not public, and these findings are a guess at it. They hold up no push; in
    /// the API they stand with their sessions alone.
    pub assumed: Vec<Dropped>,
}

impl From<SessionKey> for Named {
    fn from(key: SessionKey) -> Self {
        Self { app: key.app.to_string(), id: key.id.to_string(), change: None }
    }
}

/// What a preview is made of; all of it is the caller's to see.
pub(super) struct Parts {
    /// The sessions that differ by changes made here.
    /// Each with whether it is there.
    pub(super) marks: Vec<(Mark, bool)>,
    /// Those that somebody else changed.
    pub(super) outside: Vec<SessionKey>,
    /// What 4D drops, for certain or perhaps.
    pub(super) drops: Vec<SessionKey>,
    pub(super) may_drop: Vec<SessionKey>,
}

pub(super) async fn of(catalog: &Catalog, scope: &AppScope, parts: Parts) -> Result<Preview, Error> {
    let mut preview = Preview {
        noncompliant: dropped(catalog, scope, parts.drops, |finding| !finding.assumed()).await,
        assumed: dropped(catalog, scope, parts.may_drop, Finding::assumed).await,
        ..Preview::default()
    };
    let mut deleted = HashSet::new();
    for ((key, change), is_there) in parts.marks {
        let list = match is_there {
            true => &mut preview.refresh,
            false => {
                deleted.insert(key.clone());
                &mut preview.remove
            }
        };
        list.push(Named { change: Some(change), ..key.into() });
    }
    // What was deleted here is nobody else's any more.
    preview.outside = parts.outside.into_iter().filter(|key| !deleted.contains(key)).map(Named::from).collect();
    Ok(preview)
}

async fn dropped(
    catalog: &Catalog,
    scope: &AppScope,
    keys: Vec<SessionKey>,
    why: impl Fn(&Finding) -> bool,
) -> Vec<Dropped> {
    let mut sessions = catalog.sessions(scope, &keys).await;
    let mut all = Vec::new();
    for key in keys {
        let Some(session) = sessions.remove(&key) else { continue };
        let problems = session.problems.into_iter().filter(&why).collect();
        let Named { app, id, .. } = key.into();
        all.push(Dropped { app, id, problems });
    }
    all
}
