//! Saved views: each caller has their own.

use std::time::SystemTime;

use super::error::{Conflict, Error};
use crate::domain::account::Caller;
use crate::domain::name::Name;
use crate::store::database::Database;
use crate::store::database::views::Saved;
pub use crate::store::database::views::SavedView;

/// How many views one caller may have.
const MOST: i64 = 50;

const NO_VIEW: Error = Error::NotFound("view-of-this-name");

/// The name of a view. It stands in addresses, where `.` and `..` are steps.
pub struct ViewName(Name);

impl ViewName {
    pub fn parse(text: &str) -> Option<Self> {
        Name::parse(text).filter(|name| !matches!(name.as_str(), "." | "..")).map(Self)
    }
}

#[derive(Clone)]
pub struct Views {
    database: Database,
}

impl Views {
    pub fn new(database: Database) -> Self {
        Self { database }
    }

    /// The caller's views, by name.
    pub async fn list(&self, caller: &Caller) -> Result<Vec<SavedView>, Error> {
        Ok(self.database.views(&caller.id).await?)
    }

    /// The caller's view of this name, in either case.
    pub async fn one(&self, caller: &Caller, name: &str) -> Result<SavedView, Error> {
        self.database.view(&caller.id, name).await?.ok_or(NO_VIEW)
    }

    /// Saves a view, in the place of one of the same name; the view, and whether there was none.
    pub async fn put(
        &self,
        caller: &Caller,
        ViewName(name): ViewName,
        query: String,
    ) -> Result<(SavedView, bool), Error> {
        let view = SavedView { name, query, created_at: SystemTime::now().into() };
        match self.database.put_view(&caller.id, &view, MOST).await? {
            Saved::TooMany => Err(Conflict::TooManyViews.into()),
            saved => Ok((self.one(caller, view.name.as_str()).await?, saved == Saved::New)),
        }
    }

    /// Removes a view.
    pub async fn remove(&self, caller: &Caller, name: &str) -> Result<(), Error> {
        match self.database.remove_view(&caller.id, name).await? {
            true => Ok(()),
            false => Err(NO_VIEW),
        }
    }
}
