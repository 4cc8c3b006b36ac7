//! Lists of sessions: a page by any order, how many there are, and their keys.

use std::sync::atomic::Ordering;

use sqlx::Row;

use super::indexes::in_order_of;
use super::row::{LIVE, SHOWN, class, hash, read, text_key};
use crate::domain::app_id::AppId;
use crate::domain::query::{Cursor, Filter, Query, Sort, SortKey, SortValue};
use crate::domain::session::{Session, SessionKey, folded};
use crate::store::database::columns::{Flag, stored};
use crate::store::database::engine::Engine;
use crate::store::database::sql::Sql;
use crate::store::database::{Database, Error};

/// Which apps a list is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Apps {
    All,
    Some(Vec<AppId>),
}

/// Which sessions a list is of.
pub struct Selection<'a> {
    pub apps: Apps,
    pub filter: &'a Filter,
    /// The apps whose own name or id holds what is searched for: all of their sessions match.
    pub named: Vec<AppId>,
}

/// One page of a list.
pub struct Page {
    pub sessions: Vec<Session>,
    /// Whether there is more behind it.
    pub more: bool,
}

/// How a page is found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// All that match are sorted.
    Sort,
    /// The index of the order is walked, and what does not match is passed over.
    Walk,
}

impl Way {
    /// The cheaper one: to sort touches each match once; to walk touches as many for each match as there are in all.
    fn of(matches: u64, all: u64, limit: usize) -> Self {
        let (matches, all, limit) = (u128::from(matches), u128::from(all), limit as u128);
        if matches * matches <= limit * all { Way::Sort } else { Way::Walk }
    }

    /// Behind the table's name: by which index it is read.
    fn hint(self, engine: Engine, key: SortKey) -> String {
        match self {
            Way::Sort => String::new(),
            Way::Walk => engine.indexed_by(in_order_of(Columns::of(key).column)),
        }
    }

    /// Before a column: whether an index of it may be used.
    fn unindexed(self, engine: Engine) -> &'static str {
        match self {
            Way::Sort => "",
            Way::Walk => engine.unindexed(),
        }
    }
}

impl Database {
    /// How many sessions these are.
    pub async fn count(&self, selection: &Selection<'_>) -> Result<u64, Error> {
        let index = covering(selection.filter).map(|index| self.covered_by(index)).unwrap_or_default();
        let mut sql = Sql::new(format!("SELECT count(*) FROM session{index}"));
        selection.push_to(&mut sql, self.engine, Way::Sort);
        let count: i64 = sql.build_scalar()?.fetch_one(self.readers()).await?;
        Ok(count.cast_unsigned())
    }

    /// A page of these sessions, of which there are so many, and so many in the whole folder.
    pub async fn page(&self, selection: &Selection<'_>, query: &Query, matches: u64, all: u64) -> Result<Page, Error> {
        let wanted = query.limit.saturating_add(1);
        let way = match self.indexed.load(Ordering::Acquire) {
            true => Way::of(matches, all, query.limit),
            false => Way::Sort,
        };
        let list = List { database: self, selection, sort: query.sort, way };
        let mut sessions = match (way, query.sort.descending) {
            (Way::Walk, true) => list.walk_back(query.cursor.as_ref(), wanted).await?,
            _ => list.read(&After::of(query.cursor.as_ref(), query.sort), Ties::Ascending, wanted).await?,
        };
        let more = sessions.len() > query.limit;
        sessions.truncate(query.limit);
        Ok(Page { sessions, more })
    }

    /// The keys of all these sessions, in an order.
    pub async fn keys(&self, selection: &Selection<'_>, sort: Sort) -> Result<Vec<SessionKey>, Error> {
        let mut sql = Sql::new("SELECT app, id FROM session");
        selection.push_to(&mut sql, self.engine, Way::Sort);
        push_order(&mut sql, sort, Ties::Ascending, self.engine, Way::Sort);
        let rows = sql.build()?.fetch_all(self.readers()).await?;
        rows.iter()
            .filter_map(|row| match (row.try_get(0), row.try_get(1)) {
                (Ok(app), Ok(id)) => SessionKey::parse(app, id).map(Ok),
                (Err(error), _) | (_, Err(error)) => Some(Err(error)),
            })
            .collect()
    }
}

/// By which index alone sessions are counted; `None` where few rows are read by another one.
fn covering(filter: &Filter) -> Option<&'static str> {
    if filter.q.is_some() {
        return Some("session_search");
    }
    let are_few = filter.email.is_some()
        || filter.device_id.is_some()
        || filter.push_token.is_some()
        || filter.compliant == Some(false)
        || [filter.unpushed, filter.declined, filter.jailbroken].contains(&Some(true));
    (!are_few && !filter.is_indexed()).then_some("session_filters")
}

/// In which order sessions come that are alike by the key of the order.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ties {
    Ascending,
    /// As an index is read backwards.
    AsTheKey,
}

/// Which part of an order is wanted.
enum After<'a> {
    Start,
    /// Behind this place.
    Place(&'a Cursor, Sort),
    /// Of the same key as this place, behind it.
    RestOfGroup(&'a Cursor),
    /// Of smaller keys than this place's.
    SmallerKeys(&'a Cursor),
    /// Of this key.
    Group(SortValue),
}

impl<'a> After<'a> {
    fn of(cursor: Option<&'a Cursor>, sort: Sort) -> Self {
        cursor.map_or(After::Start, |cursor| After::Place(cursor, sort))
    }
}

struct List<'a> {
    database: &'a Database,
    selection: &'a Selection<'a>,
    sort: Sort,
    way: Way,
}

impl List<'_> {
    async fn read(&self, after: &After<'_>, ties: Ties, limit: usize) -> Result<Vec<Session>, Error> {
        let index = match self.way {
            Way::Sort if self.selection.filter.q.is_some() => self.database.covered_by("session_search"),
            way => way.hint(self.database.engine, self.sort.key),
        };
        let mut sql = Sql::new(format!("SELECT {SHOWN} FROM session{index}"));
        self.selection.push_to(&mut sql, self.database.engine, self.way);
        after.push_to(&mut sql, self.sort.key);
        push_order(&mut sql, self.sort, ties, self.database.engine, self.way);
        sql.push(" LIMIT ").push_bind(i64::try_from(limit).unwrap_or(i64::MAX));
        let rows = sql.build()?.fetch_all(self.database.readers()).await?;
        rows.iter().map(read).collect()
    }

    /// Reads the index backwards, which turns ties round as well: they are put in order again. Of the last key, the
    /// first in order are wanted, which are the last in the index.
    async fn walk_back(&self, cursor: Option<&Cursor>, wanted: usize) -> Result<Vec<Session>, Error> {
        let mut found = match cursor {
            Some(cursor) => self.read(&After::RestOfGroup(cursor), Ties::Ascending, wanted).await?,
            None => Vec::new(),
        };
        let rest = wanted - found.len();
        if rest == 0 {
            return Ok(found);
        }
        let after = cursor.map_or(After::Start, After::SmallerKeys);
        let mut next = self.read(&after, Ties::AsTheKey, rest).await?;
        let key = |session: &Session| sort_value(session, self.sort.key);
        let last = next.last().map(key).filter(|_| next.len() == rest);
        next.chunk_by_mut(|one, other| key(one) == key(other)).for_each(<[Session]>::reverse);
        if let Some(last) = last {
            let whole = next.partition_point(|session| key(session) != last);
            if rest - whole > 1 {
                next.truncate(whole);
                next.extend(self.read(&After::Group(last), Ties::Ascending, rest - whole).await?);
            }
        }
        found.append(&mut next);
        Ok(found)
    }
}

impl Selection<'_> {
    fn push_to(&self, sql: &mut Sql, engine: Engine, way: Way) {
        let (filter, plus) = (self.filter, way.unindexed(engine));
        sql.push(format!(" WHERE {LIVE}"));
        if let Apps::Some(apps) = &self.apps {
            sql.push_in(&format!(" AND {plus}app"), apps.iter().map(AppId::to_string));
        }
        if !filter.status.is_empty() {
            sql.push_in(&format!(" AND {plus}class"), filter.status.iter().map(|status| class(*status)));
        }
        if let Some(compliant) = filter.compliant {
            sql.push(format!(" AND {plus}compliance {} 0", if compliant { "=" } else { ">" }));
        }
        if let Some(unpushed) = filter.unpushed {
            sql.push(format!(" AND {plus}unpushed = ")).push_bind(Flag(unpushed));
        }
        if let Some(declined) = filter.declined {
            let condition =
                if declined { "class = 1 AND declined IS NOT NULL" } else { "(class <> 1 OR declined IS NULL)" };
            sql.push(format!(" AND {condition}"));
        }
        if let Some(simulator) = filter.simulator {
            sql.push(format!(" AND {plus}simulator = ")).push_bind(Flag(simulator));
        }
        if let Some(jailbroken) = filter.jailbroken {
            sql.push(format!(" AND readable = 1 AND {plus}jailbroken = ")).push_bind(Flag(jailbroken));
        }
        if let Some(since) = filter.modified_since {
            sql.push(format!(" AND {plus}modified >= ")).push_bind(since.millis());
        }
        if let Some(before) = filter.modified_before {
            sql.push(format!(" AND {plus}modified < ")).push_bind(before.millis());
        }
        if let Some(email) = &filter.email {
            sql.push(format!(" AND {plus}email_key = ")).push_bind(text_key(Some(email)));
            // The key of a long one is its beginning alone.
            if let Some(email) = folded(Some(email)) {
                sql.push(format!(" AND {plus}same_email = ")).push_bind(hash(&email));
            }
        }
        if !filter.os.is_empty() {
            sql.push_in(" AND (os_name", filter.os.iter().map(|os| stored(os)));
            sql.push_in(" OR os_family", filter.os.iter().map(|os| stored(os)));
            sql.push(")");
        }
        if let Some(id) = &filter.device_id {
            sql.push(format!(" AND {plus}device_hash = ")).push_bind(hash(id));
            if let Some(id) = folded(Some(id)) {
                // By its index.
                sql.push(format!(" AND {plus}same_device = ")).push_bind(hash(&id));
            }
        }
        if let Some(token) = &filter.push_token {
            sql.push(format!(" AND {plus}push_token_hash = ")).push_bind(hash(token.expose()));
        }
        if let Some(q) = &filter.q {
            sql.push(" AND (instr(search, ").push_bind(stored(q)).push(") > 0");
            sql.push_in(" OR app", self.named.iter().map(AppId::to_string));
            sql.push(")");
        }
    }
}

impl After<'_> {
    fn push_to(&self, sql: &mut Sql, key: SortKey) {
        let Columns { column, ties } = Columns::of(key);
        match self {
            After::Start => {}
            After::Place(cursor, Sort { descending: false, .. }) => {
                let columns: Vec<&str> = std::iter::once(column).chain(ties.iter().copied()).collect();
                let values = std::iter::once(cursor_key(cursor, key)).chain(cursor_ties(cursor, ties)).collect();
                push_compare(sql.push(" AND "), &columns, ">", values);
            }
            After::Place(cursor, _) => {
                push_compare(sql.push(" AND ("), &[column], "<", vec![cursor_key(cursor, key)]);
                push_compare(sql.push(" OR ("), &[column], "=", vec![cursor_key(cursor, key)]);
                push_compare(sql.push(" AND "), ties, ">", cursor_ties(cursor, ties).collect());
                sql.push("))");
            }
            After::RestOfGroup(cursor) => {
                push_compare(sql.push(" AND "), &[column], "=", vec![cursor_key(cursor, key)]);
                push_compare(sql.push(" AND "), ties, ">", cursor_ties(cursor, ties).collect());
            }
            After::SmallerKeys(cursor) => {
                push_compare(sql.push(" AND "), &[column], "<", vec![cursor_key(cursor, key)]);
            }
            After::Group(value) => push_compare(sql.push(" AND "), &[column], "=", vec![value_of(value, key)]),
        }
    }
}

/// By which column an order goes, and by which ones sessions that are alike by it.
struct Columns {
    column: &'static str,
    ties: &'static [&'static str],
}

impl Columns {
    fn of(key: SortKey) -> Self {
        const BY_APP: &[&str] = &["app", "id"];
        let (column, ties) = match key {
            SortKey::Device => ("device_key", BY_APP),
            SortKey::Status => ("status_key", BY_APP),
            SortKey::Os => ("os_key", BY_APP),
            SortKey::Email => ("email_key", BY_APP),
            SortKey::Modified => ("modified", BY_APP),
            SortKey::PendingSince => ("waiting", BY_APP),
            SortKey::FirstSeen => ("first_seen", BY_APP),
            SortKey::App => ("app", &["id"][..]),
            SortKey::Id => ("id", &["app"][..]),
        };
        Self { column, ties }
    }
}

/// A value as a column of an order holds it.
enum ColumnValue {
    Text(String),
    Number(i64),
}

fn value_of(value: &SortValue, key: SortKey) -> ColumnValue {
    match (value, key) {
        (SortValue::Text(text), SortKey::App | SortKey::Id) => ColumnValue::Text(text.clone()),
        (SortValue::Text(text), _) => ColumnValue::Text(text_key(Some(text))),
        (SortValue::Time(time), _) => ColumnValue::Number(*time),
        (SortValue::Null, SortKey::PendingSince) => ColumnValue::Number(i64::MAX),
        (SortValue::Null, _) => ColumnValue::Text(text_key(None)),
    }
}

fn cursor_key(cursor: &Cursor, key: SortKey) -> ColumnValue {
    match key {
        SortKey::App => ColumnValue::Text(cursor.app.clone()),
        SortKey::Id => ColumnValue::Text(cursor.id.clone()),
        _ => value_of(&cursor.value, key),
    }
}

fn cursor_ties(cursor: &Cursor, ties: &'static [&'static str]) -> impl Iterator<Item = ColumnValue> {
    ties.iter().map(|tie| ColumnValue::Text(if *tie == "app" { cursor.app.clone() } else { cursor.id.clone() }))
}

/// `(a, b) > (?, ?)`, which an index of these columns answers.
fn push_compare(sql: &mut Sql, columns: &[&str], operator: &str, values: Vec<ColumnValue>) {
    sql.push(format!("({}) {operator} (", columns.join(", ")));
    for (nth, value) in values.into_iter().enumerate() {
        if nth > 0 {
            sql.push(", ");
        }
        match value {
            ColumnValue::Text(text) => sql.push_bind(text),
            ColumnValue::Number(number) => sql.push_bind(number),
        };
    }
    sql.push(")");
}

fn push_order(sql: &mut Sql, sort: Sort, ties: Ties, engine: Engine, way: Way) {
    let Columns { column, ties: others } = Columns::of(sort.key);
    let direction = if sort.descending { " DESC" } else { "" };
    // A sum is no column: no index has its order.
    let unindexed = if way == Way::Sort { engine.unindexed() } else { "" };
    sql.push(format!(" ORDER BY {unindexed}{column}{direction}"));
    for tie in others {
        sql.push(format!(", {tie}{}", if ties == Ties::AsTheKey { direction } else { "" }));
    }
}

/// By what a session is sorted.
pub(super) fn sort_value(session: &Session, key: SortKey) -> SortValue {
    let text = |text: Option<&str>| text.map_or(SortValue::Null, |text| SortValue::Text(text.to_lowercase()));
    let device = session.device.as_ref();
    match key {
        SortKey::Device => text(device.and_then(|device| device.description.as_deref())),
        SortKey::Status => text(session.status.as_deref()),
        SortKey::Os => text(device.map(|device| device.system()).filter(|system| !system.is_empty()).as_deref()),
        SortKey::Email => text(session.email.as_deref()),
        SortKey::App => SortValue::Text(session.app.to_string()),
        SortKey::Id => SortValue::Text(session.id.to_string()),
        SortKey::Modified => SortValue::Time(session.modified_at.millis()),
        SortKey::PendingSince => session.pending_since.map_or(SortValue::Null, |since| SortValue::Time(since.millis())),
        SortKey::FirstSeen => SortValue::Time(session.first_seen_at.millis()),
    }
}

/// Where the next page goes on.
pub fn cursor_behind(session: &Session, query: &Query) -> Cursor {
    let value = match query.sort.key {
        // Told by the app or the id, which every cursor holds.
        SortKey::App | SortKey::Id => SortValue::Null,
        key => sort_value(session, key),
    };
    Cursor { list: query.fingerprint(), value, app: session.app.to_string(), id: session.id.to_string() }
}

#[cfg(test)]
impl Database {
    /// How SQLite reads a page of all sessions in this order.
    pub(super) async fn plan(&self, sort: Sort) -> Result<Vec<String>, Error> {
        let filter = Filter::default();
        let selection = Selection { apps: Apps::All, filter: &filter, named: Vec::new() };
        let mut sql = Sql::new(format!(
            "EXPLAIN QUERY PLAN SELECT {SHOWN} FROM session{}",
            Way::Walk.hint(self.engine, sort.key)
        ));
        selection.push_to(&mut sql, self.engine, Way::Walk);
        let ties = if sort.descending { Ties::AsTheKey } else { Ties::Ascending };
        push_order(&mut sql, sort, ties, self.engine, Way::Walk);
        sql.push(" LIMIT 51");
        let rows = sql.build()?.fetch_all(self.readers()).await?;
        rows.iter().map(|row| row.try_get("detail")).collect()
    }
}
