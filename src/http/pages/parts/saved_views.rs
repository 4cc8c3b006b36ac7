//! Saved views and columns, above the list of sessions.

use super::choices::Choice;
use super::page::Page;
use crate::domain::account::{ListColumn, Settings};
use crate::http::api::ListQuery;
use crate::http::links;
use crate::services::error::Error;

/// What stands above the list for whoever has a list of their own.
pub struct SavedViews {
    pub views: Vec<View>,
    /// The list's keys, where they can be saved.
    pub query: Option<String>,
    /// Which columns there are to choose from; for a person alone.
    pub columns: Vec<Choice>,
}

pub struct View {
    pub name: String,
    pub href: String,
    /// Where it is deleted, if it is the one that is shown.
    pub delete: Option<String>,
}

impl SavedViews {
    /// Above the list with these keys, the app's among them.
    pub async fn above(page: &Page, query: &str) -> Result<Self, Error> {
        // What cannot be saved is no saved view either.
        let query = ListQuery::parse(query).map(ListQuery::into_text);
        let all = page.app.views.list(&page.caller).await?;
        let is_saved = all.iter().any(|view| Some(&view.query) == query.as_ref());
        let views = all.iter().map(|view| View {
            name: view.name.as_str().to_owned(),
            href: format!("/sessions?{}", view.query),
            delete: (Some(&view.query) == query.as_ref())
                .then(|| format!("/views/{}/delete", links::encode(view.name.as_str()))),
        });
        Ok(Self {
            views: views.collect(),
            query: query.filter(|query| !query.is_empty() && !is_saved),
            columns: if page.login.is_some() { columns(page) } else { Vec::new() },
        })
    }
}

fn columns(page: &Page) -> Vec<Choice> {
    let chosen = chosen(&page.settings);
    let all = ListColumn::all();
    all.map(|column| Choice::new(column.as_str(), page.locale.t(word(column)), chosen.contains(&column))).collect()
}

fn chosen(settings: &Settings) -> &[ListColumn] {
    settings.columns.as_deref().unwrap_or(&ListColumn::USUAL)
}

/// The message of a column's head.
pub fn word(column: ListColumn) -> &'static str {
    match column {
        ListColumn::App => "col-app",
        ListColumn::Ip => "col-ip",
        ListColumn::AppVersion => "col-app-version",
        ListColumn::Language => "field-language",
        ListColumn::FirstSeen => "field-first-seen",
    }
}

/// Which of the columns that one can do without the list has.
pub struct ShownColumns {
    pub app: bool,
    pub ip: bool,
    pub app_version: bool,
    pub language: bool,
    pub first_seen: bool,
    /// Whether they are a choice: the usual ones give way on a narrow screen first.
    pub chosen: bool,
}

impl ShownColumns {
    /// As somebody chose them; the list of one app does not repeat it.
    pub fn new(settings: &Settings, of_one_app: bool) -> Self {
        let chosen = chosen(settings);
        let has = |column| chosen.contains(&column);
        Self {
            app: has(ListColumn::App) && !of_one_app,
            ip: has(ListColumn::Ip),
            app_version: has(ListColumn::AppVersion),
            language: has(ListColumn::Language),
            first_seen: has(ListColumn::FirstSeen),
            chosen: settings.columns.is_some(),
        }
    }
}
