//! Related sessions: others of the same app, in all of its folders, with the same device or e-mail.

use std::cmp::Reverse;
use std::collections::HashMap;

use sqlx::Row;

use super::row::{LIVE, SHOWN, device_hash, hash, read};
use crate::domain::app_id::AppId;
use crate::domain::session::{Session, SessionKey, StatusClass, folded};
use crate::store::database::sql::Sql;
use crate::store::database::{Database, Error};

/// How many related sessions of one session are given.
pub const MOST_RELATED: usize = 8;

/// The other sessions of one session's device and e-mail.
#[derive(Clone, Debug, Default)]
pub struct Related {
    /// Those of the same device first, accepted ones before others, then the last changed: at most [`MOST_RELATED`].
    pub others: Vec<RelatedSession>,
    /// How many others have the same device.
    pub of_device: u64,
    /// How many of them are accepted.
    pub accepted_of_device: u64,
    /// How many others have the same e-mail.
    pub of_email: u64,
    /// How many of them are accepted.
    pub accepted_of_email: u64,
}

/// Another session of the same device, or of the same e-mail, or of both.
#[derive(Clone, Debug)]
pub struct RelatedSession {
    pub session: Session,
    /// Whether it has the same device.
    pub device: bool,
    /// Whether it has the same e-mail.
    pub email: bool,
    /// Whether it was there first.
    pub older: bool,
    /// See [`crate::domain::change::Digest::content`]: which bytes it has.
    pub content: u64,
}

/// By which two sessions can be alike.
#[derive(Clone, Copy)]
enum Field {
    Device,
    Email,
}

impl Field {
    fn column(self) -> &'static str {
        match self {
            Field::Device => "same_device",
            Field::Email => "same_email",
        }
    }

    /// What sessions share that are alike; `None` for one that is like no other.
    fn of(self, session: &Session) -> Option<i64> {
        match self {
            Field::Device => device_hash(session),
            Field::Email => folded(session.email.as_deref()).map(|email| hash(&email)),
        }
    }
}

/// The first few that are alike, and how many there are.
#[derive(Default)]
struct Group {
    count: u64,
    accepted: u64,
    first: Vec<(Session, u64)>,
}

type Groups = HashMap<i64, Group>;

impl Database {
    /// For each of these sessions of one app, the others in these folders of it.
    pub async fn related(&self, folders: &[AppId], sessions: &[&Session]) -> Result<Vec<Related>, Error> {
        let devices = self.alike(Field::Device, folders, sessions, MOST_RELATED).await?;
        let emails = self.alike(Field::Email, folders, sessions, MOST_RELATED).await?;
        Ok(sessions.iter().map(|session| related(session, &devices, &emails)).collect())
    }

    /// The older sessions of a session's device in these folders of its app, the accepted ones first, each with which
    /// bytes it has: at most so many.
    pub async fn older_of_device(
        &self,
        folders: &[AppId],
        session: &Session,
        most: usize,
    ) -> Result<Vec<(Session, u64)>, Error> {
        let mut devices = self.alike(Field::Device, folders, &[session], most).await?;
        let group = Field::Device.of(session).and_then(|device| devices.remove(&device)).unwrap_or_default();
        let is_older = |(other, _): &(Session, u64)| age(other) < age(session);
        Ok(group.first.into_iter().filter(is_older).take(most).collect())
    }

    async fn alike(
        &self,
        field: Field,
        folders: &[AppId],
        sessions: &[&Session],
        most: usize,
    ) -> Result<Groups, Error> {
        let (column, mut groups) = (field.column(), Groups::new());
        let hashes: Vec<i64> = sessions.iter().filter_map(|session| field.of(session)).collect();
        if hashes.is_empty() {
            return Ok(groups);
        }
        let mut sql = Sql::new(format!(
            "SELECT {SHOWN}, {column} AS alike, content, count, accepted FROM session JOIN
             (SELECT number AS nth, count(*) OVER (PARTITION BY {column}) AS count,
              count(CASE class WHEN 0 THEN 1 END) OVER (PARTITION BY {column}) AS accepted,
              row_number() OVER (PARTITION BY {column} ORDER BY class <> 0, modified DESC, app, id) AS place
              FROM session WHERE {LIVE}"
        ));
        sql.push_in(&format!(" AND {column}"), hashes);
        sql.push_in(" AND app", folders.iter().map(AppId::to_string));
        // One more than is given: the session itself is among them.
        sql.push(format!(") AS ranked ON number = nth WHERE place <= {} ORDER BY place", most + 1));
        for row in sql.build()?.fetch_all(self.readers()).await? {
            let group = groups.entry(row.try_get("alike")?).or_default();
            group.count = row.try_get::<i64, _>("count")?.cast_unsigned();
            group.accepted = row.try_get::<i64, _>("accepted")?.cast_unsigned();
            let content = row.try_get::<Option<i64>, _>("content")?.unwrap_or(0).cast_unsigned();
            group.first.push((read(&row)?, content));
        }
        Ok(groups)
    }
}

fn related(session: &Session, devices: &Groups, emails: &Groups) -> Related {
    let (device, email) = (Field::Device.of(session), Field::Email.of(session));
    let groups = [device.and_then(|device| devices.get(&device)), email.and_then(|email| emails.get(&email))];
    let key = session.key();
    let mut others: Vec<RelatedSession> = groups
        .into_iter()
        .flatten()
        .flat_map(|group| &group.first)
        .filter(|(other, _)| other.key() != key)
        .map(|(other, content)| RelatedSession {
            device: device.is_some() && Field::Device.of(other) == device,
            email: email.is_some() && Field::Email.of(other) == email,
            older: age(other) < age(session),
            session: other.clone(),
            content: *content,
        })
        .collect();
    others.sort_by_cached_key(|other| (!other.device, rank(&other.session), other.session.key()));
    others.dedup_by(|one, other| one.session.key() == other.session.key());
    others.truncate(MOST_RELATED);
    // The session itself is among them.
    let own = u64::from(session.class() == StatusClass::Accepted);
    let [(of_device, accepted_of_device), (of_email, accepted_of_email)] = groups.map(|group| {
        let (count, accepted) = group.map_or((0, 0), |group| (group.count, group.accepted));
        (count.saturating_sub(1), accepted.saturating_sub(own))
    });
    Related { others, of_device, accepted_of_device, of_email, accepted_of_email }
}

/// Accepted ones first, then the last changed.
fn rank(session: &Session) -> (bool, Reverse<i64>) {
    (session.class() != StatusClass::Accepted, Reverse(session.modified_at.millis()))
}

fn age(session: &Session) -> (i64, i64, SessionKey) {
    (session.first_seen_at.millis(), session.modified_at.millis(), session.key())
}
