//! Lists, apps, counts and statistics, as a caller may see them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Serialize;
use utoipa::ToSchema;

use super::service::Catalog;
use crate::domain::account::AppScope;
use crate::domain::app_id::AppId;
use crate::domain::query::{Filter, Query, Sort, SortKey};
use crate::domain::session::{App, Counts, Session, SessionKey, StatusClass, folded};
use crate::domain::timestamp::Timestamp;
use crate::services::error::Error;
use crate::store::database::pushes::Mark;
use crate::store::database::sessions::Contents;
use crate::store::database::sessions::{AppRow, Apps, Page, Related, Selection, Statistics, by_bundle, cursor_behind};

/// One page of a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SessionPage {
    /// The sessions of this page.
    pub items: Vec<Session>,
    /// How many sessions the whole list has.
    pub total: u64,
    /// Where the next page begins; `null` on the last.
    pub next_cursor: Option<String>,
}

/// How many old sessions are replaced at once.
const MOST_REPLACED: usize = 100;

/// In which folders a device, by the folder of its app and its id, is accepted.
pub type AcceptedDevices = HashMap<(AppId, String), HashSet<AppId>>;

impl Catalog {
    /// One page of a list: what the caller may see, filtered and sorted. An `app` in the filter
    /// that does not exist gives an empty list.
    pub async fn list(&self, scope: &AppScope, query: &Query) -> Result<SessionPage, Error> {
        self.availability()?;
        let (selection, rows) = self.select(scope, &query.filter).await?;
        let all = match &rows {
            Some(rows) => sum(rows, |_| true),
            None => self.database.counts().await?,
        };
        let total = match query.filter.is_indexed() {
            true => {
                let counts = match (&selection.apps, &rows) {
                    (Apps::Some(apps), Some(rows)) => sum(rows, |row| apps.contains(&row.id)),
                    _ => all,
                };
                count_of(&counts, &query.filter)
            }
            false => self.database.count(&selection).await?,
        };
        if total == 0 {
            return Ok(SessionPage { items: Vec::new(), total, next_cursor: None });
        }
        let Page { sessions, more } = self.database.page(&selection, query, total, all.total).await?;
        let last = sessions.last().filter(|_| more);
        let next_cursor = last.map(|last| cursor_behind(last, query).encode());
        Ok(SessionPage { total, next_cursor, items: sessions })
    }

    /// The keys of all sessions that a filter lets through, by app then id.
    pub async fn keys(&self, scope: &AppScope, filter: &Filter) -> Result<Vec<SessionKey>, Error> {
        self.keys_by(scope, filter, Sort { key: SortKey::App, descending: false }).await
    }

    /// The keys of a whole list in its order, whatever page the query asks for.
    pub async fn keys_in_order(&self, scope: &AppScope, query: &Query) -> Result<Vec<SessionKey>, Error> {
        self.keys_by(scope, &query.filter, query.sort).await
    }

    async fn keys_by(&self, scope: &AppScope, filter: &Filter, sort: Sort) -> Result<Vec<SessionKey>, Error> {
        self.availability()?;
        let (selection, _) = self.select(scope, filter).await?;
        Ok(self.database.keys(&selection, sort).await?)
    }

    /// Which sessions a filter means, of those that a caller may see; and the folders, where they had to be looked at.
    async fn select<'f>(
        &self,
        scope: &AppScope,
        filter: &'f Filter,
    ) -> Result<(Selection<'f>, Option<Vec<AppRow>>), Error> {
        if scope.is_all() && filter.app.is_empty() && filter.q.is_none() {
            return Ok((Selection { apps: Apps::All, filter, named: Vec::new() }, None));
        }
        let rows = self.database.apps().await?;
        let holds = |text: &str| filter.q.as_ref().is_some_and(|q| text.to_lowercase().contains(q.as_str()));
        let named = rows.iter().filter(|row| holds(row.id.as_str()) || row.name.as_deref().is_some_and(holds));
        let named = named.map(|row| row.id.clone()).collect();
        Ok((Selection { apps: within(&rows, scope, &filter.app), filter, named }, Some(rows)))
    }

    /// For each of these devices, an app's folder and a device's id in lower case: the folders of the same app in which
    /// a session of it is accepted.
    pub async fn accepted_devices(&self, devices: HashSet<(AppId, String)>) -> Result<AcceptedDevices, Error> {
        self.availability()?;
        let ids: HashSet<String> = devices.iter().map(|(_, device)| device.clone()).collect();
        let found = self.database.accepted_devices(&ids).await?;
        let rows = self.database.apps().await?;
        let bundles: HashMap<&AppId, String> = rows.iter().map(|row| (&row.id, row.bundle())).collect();
        let mut accepted = AcceptedDevices::new();
        for (app, device) in devices {
            let same_app = |folder: &AppId| *folder == app || bundles.get(folder) == bundles.get(&app);
            let folders: HashSet<AppId> = found
                .iter()
                .filter(|(other, folder)| *other == device && same_app(folder))
                .map(|(_, folder)| folder.clone())
                .collect();
            accepted.insert((app, device), folders);
        }
        Ok(accepted)
    }

    /// For each of these sessions the others, which the caller may see, of its device and e-mail.
    pub async fn related(&self, scope: &AppScope, sessions: &[Session]) -> Result<Vec<Related>, Error> {
        self.availability()?;
        let has_any = |session: &Session| {
            let device = session.device.as_ref().and_then(|device| device.id.as_deref());
            folded(device).is_some() || folded(session.email.as_deref()).is_some()
        };
        let mut related = vec![Related::default(); sessions.len()];
        if !sessions.iter().any(has_any) {
            return Ok(related);
        }
        let rows = self.database.apps().await?;
        for folders in by_bundle(&rows).into_values() {
            let folders: Vec<AppId> =
                folders.into_iter().map(|row| row.id.clone()).filter(|id| scope.allows(id)).collect();
            let places: Vec<usize> =
                (0..sessions.len()).filter(|place| folders.contains(&sessions[*place].app)).collect();
            let some: Vec<&Session> = places.iter().map(|place| &sessions[*place]).collect();
            if !some.is_empty() {
                for (place, one) in places.into_iter().zip(self.database.related(&folders, &some).await?) {
                    related[place] = one;
                }
            }
        }
        Ok(related)
    }

    /// The older sessions of a session's device in its app, in all folders of it that the caller may see, each with which
    /// bytes it has: those that a newer one replaces.
    pub async fn older_of_device(&self, scope: &AppScope, session: &Session) -> Result<Vec<(Session, u64)>, Error> {
        self.availability()?;
        let rows = self.database.apps().await?;
        let folders = by_bundle(&rows);
        let folders = folders.into_values().find(|folders| folders.iter().any(|row| row.id == session.app));
        let folders: Vec<AppId> =
            folders.into_iter().flatten().map(|row| row.id.clone()).filter(|id| scope.allows(id)).collect();
        if folders.is_empty() {
            return Ok(Vec::new());
        }
        Ok(self.database.older_of_device(&folders, session, MOST_REPLACED).await?)
    }

    /// The apps a caller may see, sorted by name; those without a session too.
    pub async fn apps(&self, scope: &AppScope) -> Result<Vec<App>, Error> {
        self.availability()?;
        let rows = self.database.apps().await?;
        let folders = by_bundle(&rows);
        let visible = rows.iter().filter(|row| scope.allows(&row.id));
        let mut apps: Vec<App> = visible.map(|row| show_app(&folders, scope, row)).collect();
        apps.sort_by_cached_key(|app| (app.name.to_lowercase(), app.id.clone()));
        Ok(apps)
    }

    /// One app; `None` where there is none for this caller.
    pub async fn app(&self, scope: &AppScope, id: &AppId) -> Result<Option<App>, Error> {
        Ok(self.apps(scope).await?.into_iter().find(|app| app.id == *id))
    }

    /// The e-mail addresses and login names of an app, distinct whatever their case, sorted, none empty: each as most
    /// sessions spell it, and of spellings that are as frequent the first in order.
    pub async fn emails(&self, scope: &AppScope, app: &AppId) -> Result<Vec<String>, Error> {
        self.availability()?;
        if !scope.allows(app) {
            return Ok(Vec::new());
        }
        let mut spellings: BTreeMap<String, (Reverse<u64>, String)> = BTreeMap::new();
        for (email, count) in self.database.emails(app).await? {
            let spelling = (Reverse(count), email);
            let known = spellings.entry(spelling.1.to_lowercase()).or_insert_with(|| spelling.clone());
            *known = spelling.min(known.clone());
        }
        Ok(spellings.into_values().map(|(_, email)| email).collect())
    }

    /// How many sessions a caller may see.
    pub async fn counts(&self, scope: &AppScope) -> Result<Counts, Error> {
        self.availability()?;
        match scope.is_all() {
            true => Ok(self.database.counts().await?),
            false => Ok(sum(&self.database.apps().await?, |row| scope.allows(&row.id))),
        }
    }

    /// How many sessions that the caller may see, in all apps or these, are of a jailbroken device.
    pub async fn count_jailbroken(&self, scope: &AppScope, apps: Option<&[AppId]>) -> Result<u64, Error> {
        self.availability()?;
        let apps = match apps {
            Some(apps) => Apps::Some(apps.iter().filter(|app| scope.allows(app)).cloned().collect()),
            None => self.visible(scope).await?,
        };
        Ok(self.database.count_jailbroken(&apps).await?)
    }

    /// What the sessions are like that a caller may see; first seen over so many days, of which `now` is the last.
    pub async fn statistics(&self, scope: &AppScope, now: Timestamp, days: i64) -> Result<Statistics, Error> {
        self.availability()?;
        Ok(self.database.statistics(&self.visible(scope).await?, now, days).await?)
    }

    async fn visible(&self, scope: &AppScope) -> Result<Apps, Error> {
        match scope.is_all() {
            true => Ok(Apps::All),
            false => Ok(within(&self.database.apps().await?, scope, &[])),
        }
    }

    /// The sessions that a caller may see and that differ, by changes made here, from what 4D has read; deleted ones
    /// too. By app then id, each with its newest change and whether it is there.
    pub async fn unpushed(&self, scope: &AppScope) -> Result<Vec<(Mark, bool)>, Error> {
        let left = self.database.left_to_push().await?;
        let visible = left.into_iter().filter(|(key, ..)| scope.allows(&key.app));
        Ok(visible.map(|(key, newest, is_there)| ((key, newest), is_there)).collect())
    }

    /// How many there are.
    pub async fn count_unpushed(&self, scope: &AppScope) -> Result<u64, Error> {
        match scope.is_all() {
            true => Ok(self.database.count_left_to_push().await?),
            false => Ok(self.unpushed(scope).await?.len() as u64),
        }
    }

    /// How many of them are there, in all apps or these.
    pub async fn count_unpushed_here(&self, scope: &AppScope, apps: Option<&[AppId]>) -> Result<u64, Error> {
        self.availability()?;
        let left = self.unpushed(scope).await?;
        let is_here =
            |((key, _), is_there): &(Mark, bool)| *is_there && apps.is_none_or(|apps| apps.contains(&key.app));
        Ok(left.iter().filter(|one| is_here(one)).count() as u64)
    }

    /// The files that 4D would certainly not take, and which bytes they have.
    pub async fn refused(&self, scope: &AppScope) -> Result<Contents, Error> {
        self.noncompliant(scope, true).await
    }

    /// The files that 4D may not take: all that is found in them is assumed.
    pub async fn doubted(&self, scope: &AppScope) -> Result<Contents, Error> {
        self.noncompliant(scope, false).await
    }

    async fn noncompliant(&self, scope: &AppScope, refused: bool) -> Result<Contents, Error> {
        self.availability()?;
        let mut contents = self.database.noncompliant(refused).await?;
        contents.retain(|key, _| scope.allows(&key.app));
        Ok(contents)
    }
}

/// The apps that a caller may see and a filter asks for.
fn within(rows: &[AppRow], scope: &AppScope, asked: &[String]) -> Apps {
    if scope.is_all() && asked.is_empty() {
        return Apps::All;
    }
    let visible: Vec<&AppId> = rows.iter().map(|row| &row.id).filter(|id| scope.allows(id)).collect();
    // A name with a comma in it is one name, where there is such an app.
    let whole = asked.first().filter(|whole| visible.iter().any(|id| id.as_str() == whole.as_str()));
    let asked = if whole.is_some() { &asked[..1] } else { asked };
    let is_asked = |id: &AppId| asked.is_empty() || asked.iter().any(|app| app == id.as_str());
    Apps::Some(visible.into_iter().filter(|id| is_asked(id)).cloned().collect())
}

fn sum(rows: &[AppRow], wanted: impl Fn(&AppRow) -> bool) -> Counts {
    let mut sum = Counts::default();
    rows.iter().filter(|row| wanted(row)).for_each(|row| sum += row.counts);
    sum
}

/// How many sessions of these a filter lets through that asks for status and decline alone.
fn count_of(counts: &Counts, filter: &Filter) -> u64 {
    let status = &filter.status;
    let of = |class: &StatusClass| match class {
        StatusClass::Accepted => counts.accepted,
        StatusClass::Pending => counts.pending,
        StatusClass::Other => counts.other,
    };
    let all =
        if status.is_empty() { counts.total } else { status.iter().collect::<HashSet<_>>().into_iter().map(of).sum() };
    let with_pending = status.is_empty() || status.contains(&StatusClass::Pending);
    let declined = if with_pending { counts.declined } else { 0 };
    match filter.declined {
        None => all,
        Some(true) => declined,
        Some(false) => all.saturating_sub(declined),
    }
}

/// An app as a caller sees it: of its folders, those that exist for them.
fn show_app(folders: &HashMap<String, Vec<&AppRow>>, scope: &AppScope, app: &AppRow) -> App {
    let visible = folders.get(&app.bundle()).into_iter().flatten().filter(|other| scope.allows(&other.id));
    let named = visible.clone().filter_map(|other| Some((other, other.name.as_deref()?)));
    let name = named.max_by_key(|(other, _)| (other.counts.total, Reverse(&other.id))).map(|(_, name)| name);
    let also_in = visible.map(|other| other.id.clone()).filter(|id| *id != app.id).collect();
    app.show(name.unwrap_or_else(|| app.id.as_str()).to_owned(), also_in)
}
