//! Approval links: to be sent by mail or chat, to let one session in, once.

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use super::accounts::secrets::{digest, new_secret};
use super::accounts::{Accounts, By, address_text, new_id, now};
use super::catalog::Catalog;
use super::edits::{ChangeContext, Edits};
use super::error::{Conflict, Error};
use crate::domain::account::{Actor, ActorKind, AppScope, Caller, Permission, Role};
use crate::domain::change::{Expectation, Patch, Reason};
use crate::domain::details::Details;
use crate::domain::session::{Session, SessionKey, Status, StatusClass};
use crate::domain::timestamp::Timestamp;
use crate::domain::token::Secret;
use crate::i18n::Message;
use crate::store::database::Database;
use crate::store::database::access_log::Access;
pub use crate::store::database::links::LinkFilter;
use crate::store::database::links::{LinkRow, NewLinkRow};

/// How long a link works where nothing is said.
pub const USUAL_LIFE: Duration = Duration::from_secs(60 * 60);
/// How long one can work.
pub const LONGEST_LIFE: Duration = Duration::from_secs(30 * 24 * 60 * 60);
/// For so long after its end it is known what became of a link, in milliseconds.
const REMEMBERED: i64 = 90 * 24 * 60 * 60 * 1000;
/// How often a session that changes all the while is looked at again.
const TRIES: usize = 5;
/// How often it is tried to settle what a stop interrupted.
const SETTLE_EVERY: Duration = Duration::from_secs(30);
const NO_LINK: Error = Error::NotFound("link-of-this-id");

/// Who makes a link, and whose rights it has.
#[derive(Clone, Debug)]
pub struct Maker {
    /// As the journal names them.
    pub actor: Actor,
    /// The id of a caller: the link may do what they may when it is used. `None` for the program itself, which
    /// needs nobody's leave.
    pub caller: Option<String>,
    /// The client's address, for the access log.
    pub from: Option<IpAddr>,
    /// The webhook that sends the link: its id and name.
    pub webhook: Option<(String, String)>,
}

impl Maker {
    /// A caller, who asks from this address.
    pub fn caller(caller: &Caller, from: Option<IpAddr>) -> Self {
        Self { actor: caller.actor.clone(), caller: Some(caller.id.clone()), from, webhook: None }
    }
}

/// A link that still works, without its secret.
#[derive(Clone, Debug)]
pub struct ApprovalLink {
    pub id: String,
    pub app: String,
    pub session: String,
    pub made_by: Actor,
    pub webhook: Option<LinkWebhook>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}

/// The webhook that sent a link.
#[derive(Clone, Debug)]
pub struct LinkWebhook {
    pub id: String,
    pub name: String,
}

impl From<LinkRow> for ApprovalLink {
    fn from(row: LinkRow) -> Self {
        Self {
            id: row.id,
            app: row.key.app.to_string(),
            session: row.key.id.to_string(),
            made_by: row.maker,
            webhook: row.webhook.map(|(id, name)| LinkWebhook { id, name }),
            created_at: row.created_at,
            expires_at: row.expires_at,
        }
    }
}

/// A link that was just made. Its path is told this once.
#[derive(Debug)]
pub struct NewLink {
    pub id: String,
    path: Secret<String>,
    pub expires_at: Timestamp,
}

impl NewLink {
    /// The whole address; `base` is what stands in front of a path. **Secret**: whoever has it lets the device in.
    pub fn url(&self, base: &str) -> String {
        format!("{base}{}", self.path.expose())
    }
}

/// What a link shows, or why it shows nothing.
#[derive(Debug)]
pub enum Opened {
    /// The session waits, and the link lets it in.
    Waiting(Box<Session>),
    /// It was let in before, by whomever.
    AlreadyIn(Box<Session>),
    /// It is there, but does not wait: its status is neither.
    NotWaiting(Box<Session>),
    Used(Timestamp),
    Expired(Timestamp),
    Gone,
    /// Who made it may not let devices in any more.
    Revoked,
    /// There is no such link.
    Unknown,
}

/// What became of using a link.
#[derive(Debug)]
pub enum Outcome {
    /// It let the session in.
    Accepted(Box<Session>),
    Refused(Opened),
}

/// The approval links of one data folder.
pub struct Links {
    database: Database,
    accounts: Arc<Accounts>,
    catalog: Arc<Catalog>,
    edits: Arc<Edits>,
    /// What stands in front of the path.
    base: String,
}

impl Links {
    /// The links of this database. `base` is the address that people use.
    pub fn new(
        database: Database,
        accounts: Arc<Accounts>,
        catalog: Arc<Catalog>,
        edits: Arc<Edits>,
        base: String,
    ) -> Arc<Self> {
        Arc::new(Self { database, accounts, catalog, edits, base })
    }

    /// What stands in front of a link's path, where nobody knows better.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Makes a link for a session that waits.
    pub async fn make(&self, session: &Session, maker: &Maker, life: Duration) -> Result<NewLink, Error> {
        match session.class() {
            StatusClass::Pending => {}
            StatusClass::Accepted => return Err(Error::Conflict(Conflict::SessionAccepted)),
            StatusClass::Other => return Err(Error::Conflict(Conflict::SessionNotPending)),
        }
        let (link, row) = new_link(&session.key(), maker, life)?;
        self.database.add_link(&row).await?;
        Ok(link)
    }

    /// Whether this session may still wait for approval. A folder that is away says nothing against it.
    pub(super) async fn may_wait(&self, key: &SessionKey) -> bool {
        match self.catalog.session(&AppScope::all(), key).await {
            Ok(session) => session.is_some_and(|session| session.class() == StatusClass::Pending),
            Err(_) => true,
        }
    }

    /// The links in these apps that still work, the newest first.
    pub async fn live(&self, scope: &AppScope, filter: &LinkFilter) -> Result<Vec<ApprovalLink>, Error> {
        let rows = self.database.live_links(filter, now()).await?.into_iter();
        Ok(rows.filter(|row| scope.allows(&row.key.app)).map(ApprovalLink::from).collect())
    }

    /// The link of this id, if it still works and `by` may see its app.
    pub async fn one(&self, by: &By, id: &str) -> Result<ApprovalLink, Error> {
        let filter = LinkFilter { id: Some(id.to_owned()), ..LinkFilter::default() };
        self.live(by.scope(), &filter).await?.pop().ok_or(NO_LINK)
    }

    /// Ends the link of this id before its time.
    pub async fn revoke(&self, by: &By, id: &str) -> Result<(), Error> {
        let link = self.one(by, id).await?;
        if self.database.revoke_links(&[revoked(by, &link)], now()).await? == 0 {
            return Err(NO_LINK);
        }
        Ok(())
    }

    /// The links that act with the rights of these callers (`user:ID` or `token:ID`) and still work.
    pub async fn made_by(&self, callers: &[String]) -> Result<Vec<ApprovalLink>, Error> {
        let filter = LinkFilter { makers: Some(callers.to_vec()), ..LinkFilter::default() };
        self.live(&AppScope::all(), &filter).await
    }

    /// What a link shows. Changes nothing. Who shows secrets that are none has to wait.
    pub async fn open(&self, secret: &Secret<String>, from: Option<IpAddr>) -> Result<Opened, Error> {
        match self.find(secret, from).await? {
            None => Ok(Opened::Unknown),
            Some(link) => Ok(self.state(&link).await?.0),
        }
    }

    /// Lets the session in. Of two who do so at once, one does, and the other is told. Goes on to its end.
    pub async fn accept(
        self: &Arc<Self>,
        secret: &Secret<String>,
        from: Option<IpAddr>,
        request_id: &str,
    ) -> Result<Outcome, Error> {
        let Some(link) = self.find(secret, from).await? else { return Ok(Outcome::Refused(Opened::Unknown)) };
        let (links, request_id) = (self.clone(), request_id.to_owned());
        let tasks = self.edits.tasks();
        tasks.to_the_end(async move { links.accept_by(link, from, &request_id).await }).await?
    }

    async fn find(&self, secret: &Secret<String>, from: Option<IpAddr>) -> Result<Option<LinkRow>, Error> {
        let found = self.database.link(&digest(secret.expose())).await?;
        if found.is_none() {
            self.accounts.note_wrong_link(from)?;
        }
        Ok(found)
    }

    /// What the link shows now; and as whom it acts, if it lets anybody in.
    async fn state(&self, link: &LinkRow) -> Result<(Opened, Option<Caller>), Error> {
        if let Some(at) = link.used_at {
            return Ok((Opened::Used(at), None));
        }
        if link.revoked_at.is_some() {
            return Ok((Opened::Revoked, None));
        }
        if link.expires_at <= now() {
            return Ok((Opened::Expired(link.expires_at), None));
        }
        let Some(caller) = self.acting(link).await? else { return Ok((Opened::Revoked, None)) };
        let opened = match self.catalog.session(&caller.apps, &link.key).await?.map(Box::new) {
            None => Opened::Gone,
            Some(session) => match session.class() {
                StatusClass::Pending => Opened::Waiting(session),
                StatusClass::Accepted => Opened::AlreadyIn(session),
                StatusClass::Other => Opened::NotWaiting(session),
            },
        };
        Ok((opened, Some(caller)))
    }

    /// As whom the link acts: with what its maker may do now, if that is to let this session in.
    async fn acting(&self, link: &LinkRow) -> Result<Option<Caller>, Error> {
        let apps = match &link.maker_caller {
            None => AppScope::all(),
            Some(id) => match self.accounts.caller_by_id(id).await? {
                Some(maker) if maker.require(Permission::Change).is_ok() && maker.apps.allows(&link.key.app) => {
                    maker.apps
                }
                _ => return Ok(None),
            },
        };
        let actor = Actor { kind: ActorKind::Link, name: link.actor_name.clone() };
        Ok(Some(Caller { id: format!("link:{}", link.id), actor, role: Role::Operator, apps, secrets: false }))
    }

    async fn accept_by(&self, link: LinkRow, from: Option<IpAddr>, request_id: &str) -> Result<Outcome, Error> {
        let caller = match self.state(&link).await? {
            (Opened::Waiting(_), Some(caller)) => caller,
            (opened, _) => return Ok(Outcome::Refused(opened)),
        };
        let (at, from) = (now(), from.map(address_text));
        if !self.database.take_link(&link.id, at, from.as_deref()).await? {
            // Somebody else used or revoked it meanwhile, or it ended.
            let link = self.database.link_by_id(&link.id).await?.unwrap_or(link);
            return Ok(Outcome::Refused(self.state(&link).await?.0));
        }
        let outcome = self.use_taken(&link, &caller, from.as_deref(), request_id).await;
        let change = match &outcome {
            Ok((Outcome::Accepted(_), change)) => change.as_deref(),
            _ => None,
        };
        if let Err(error) = self.database.end_link_use(&link.id, change).await {
            // The journal is true: the next start settles the link by it.
            tracing::error!(%error, link = link.id, "what a link did could not be noted");
        }
        outcome.map(|(outcome, _)| outcome)
    }

    /// Lets the session in if it still waits, whatever else changes in it meanwhile.
    async fn use_taken(
        &self,
        link: &LinkRow,
        caller: &Caller,
        from: Option<&str>,
        request_id: &str,
    ) -> Result<(Outcome, Option<String>), Error> {
        let reason = LinkUse::reason(link, from);
        for _ in 0..TRIES {
            let Some((session, digest)) = self.catalog.session_now(&link.key).await? else {
                return Ok((Outcome::Refused(Opened::Gone), None));
            };
            match session.class() {
                StatusClass::Pending => {}
                StatusClass::Accepted => return Ok((Outcome::Refused(Opened::AlreadyIn(Box::new(session))), None)),
                StatusClass::Other => return Ok((Outcome::Refused(Opened::NotWaiting(Box::new(session))), None)),
            }
            let patch = Patch { status: Some(Status::Accepted), email: None };
            let expected = Expectation::exactly(&digest);
            let context = ChangeContext {
                caller: caller.clone(),
                request_id: request_id.to_owned(),
                reason: reason.clone(),
                expected,
            };
            match self.edits.change(context, link.key.clone(), patch).await {
                Ok(changed) => {
                    let session = changed.session.unwrap_or(session);
                    return Ok((Outcome::Accepted(Box::new(session)), changed.change_id));
                }
                Err(Error::PreconditionFailed) => {}
                Err(Error::NotFound(_)) => return Ok((Outcome::Refused(Opened::Gone), None)),
                Err(error) => return Err(error),
            }
        }
        Err(Error::Busy)
    }

    /// Settles what a stop interrupted, and then returns. To be spawned once, when the journal is settled.
    pub async fn settle(self: Arc<Self>) {
        let before = now();
        loop {
            match self.database.settle_links(before).await {
                Ok(true) => return,
                Ok(false) => {}
                Err(error) => tracing::warn!(%error, "interrupted uses of approval links could not be settled"),
            }
            tokio::time::sleep(SETTLE_EVERY).await;
        }
    }
}

/// A new link, and what is written down of it.
pub(super) fn new_link(key: &SessionKey, maker: &Maker, life: Duration) -> Result<(NewLink, NewLinkRow), Error> {
    if life > LONGEST_LIFE {
        return Err(Error::invalid("/expires_in", Message::new("value-link-too-long")));
    }
    let now = now();
    let secret = new_secret()?;
    let id = new_id();
    let link = LinkRow {
        actor_name: format!("{}{LINK_BY}{}", &id[id.len() - 6..], maker.actor.name),
        id: id.clone(),
        key: key.clone(),
        maker: maker.actor.clone(),
        maker_caller: maker.caller.clone(),
        webhook: maker.webhook.clone(),
        created_at: now,
        expires_at: now.plus_millis(i64::try_from(life.as_millis()).unwrap_or(i64::MAX)),
        used_at: None,
        revoked_at: None,
    };
    let details = Details::default().with("link", id.as_str()).with("expires_at", link.expires_at.to_string());
    let details = details.with("webhook", maker.webhook.as_ref().map(|(_, name)| name.clone()));
    let access = Access {
        id: 0,
        at: now,
        actor: maker.actor.clone(),
        action: "link_created".to_owned(),
        subject: Some(format!("{}/{}", key.app, key.id)),
        detail: Some(details.to_string()),
        count: 1,
        address: maker.from.map(address_text),
    };
    let path = Secret::new(format!("/link/{}", secret.expose()));
    let made = NewLink { id, path, expires_at: link.expires_at };
    let hash = digest(secret.expose());
    Ok((made, NewLinkRow { link, hash, access, ended: now.plus_millis(-REMEMBERED) }))
}

/// A link's id, with the entry of the access log that says who ended it.
fn revoked(by: &By, link: &ApprovalLink) -> (String, Access) {
    let subject = format!("{}/{}", link.app, link.session);
    let access =
        by.access("link_revoked", Some(&subject)).with(Details::default().with("link", link.id.as_str()).to_string());
    (link.id.clone(), access)
}

/// In a link's name as the journal has it, between the end of its id and its maker.
pub const LINK_BY: &str = " by ";

/// For the journal: which link, made by whom, used from where. A sentence, which pages read again to say it in the
/// reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkUse {
    pub link: String,
    /// The webhook that sent it, if one did.
    pub webhook: Option<String>,
    /// The owner of that webhook, or who made the link.
    pub maker: Actor,
    pub made_at: Timestamp,
    /// The address of whoever used it, if it is known.
    pub from: Option<String>,
}

const UNKNOWN_ADDRESS: &str = "an unknown address";

impl LinkUse {
    fn reason(link: &LinkRow, from: Option<&str>) -> Option<Reason> {
        let webhook = link.webhook.as_ref().map(|(_, name)| name.clone());
        let (link, maker, made_at) = (link.id.clone(), link.maker.clone(), link.created_at);
        Reason::parse(&Self { link, webhook, maker, made_at, from: from.map(str::to_owned) }.to_string())
    }

    /// Reads a reason of the journal; `None` for one of another form.
    pub fn parse(reason: &str) -> Option<Self> {
        let (link, rest) = reason.strip_prefix("Approval link ")?.split_once(", made by ")?;
        let (rest, from) = rest.strip_suffix('.')?.rsplit_once(", used from ")?;
        let (rest, made_at) = rest.rsplit_once(" at ")?;
        let (webhook, maker) = match rest.strip_prefix("webhook ") {
            Some(rest) => rest.rsplit_once(" of ").map(|(webhook, maker)| (Some(webhook.to_owned()), maker))?,
            None => (None, rest),
        };
        let (kind, name) = maker.split_once(' ')?;
        Some(Self {
            link: link.to_owned(),
            webhook,
            maker: Actor { kind: ActorKind::parse(kind)?, name: name.to_owned() },
            made_at: Timestamp::parse(made_at)?,
            from: (from != UNKNOWN_ADDRESS).then(|| from.to_owned()),
        })
    }
}

impl fmt::Display for LinkUse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { link, webhook, maker, made_at, from } = self;
        write!(f, "Approval link {link}, made by ")?;
        if let Some(webhook) = webhook {
            write!(f, "webhook {webhook} of ")?;
        }
        let from = from.as_deref().unwrap_or(UNKNOWN_ADDRESS);
        write!(f, "{} {} at {made_at}, used from {from}.", maker.kind.as_str(), maker.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_use_of_a_link_survives_storing() {
        for webhook in [None, Some("chat of the team".to_owned())] {
            for from in [None, Some("2001:db8::1".to_owned())] {
                let maker = Actor { kind: ActorKind::User, name: "olga at work".to_owned() };
                let made_at = Timestamp::from_millis(1_800_000_000_123);
                let link = LinkUse { link: "01K9ZC".to_owned(), webhook: webhook.clone(), maker, made_at, from };
                assert_eq!(LinkUse::parse(&link.to_string()), Some(link));
            }
        }
        assert_eq!(LinkUse::parse("Approval link of the boss."), None);
    }
}
