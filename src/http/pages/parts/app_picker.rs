//! Apps to choose in a form: a box for each that is there, one for all, and patterns for who knows them.

use std::collections::HashSet;

use super::choices::{APPS_ON_A_PAGE, Choice};
use super::forms::SentFields;
use super::globs;
use super::page::Page;
use super::text;
use crate::domain::session::App;

/// The names of its fields: the boxes of single apps, the one of all, and what says that the form has boxes.
const APP: &str = "app";
const EVERY_APP: &str = "every_app";
const HAS_BOXES: &str = "picker";

/// The field for apps; the macro `app_picker` shows it.
pub struct AppPicker {
    /// All apps, also those to come; what these are for this caller.
    pub every: Choice,
    /// By id, each with its name.
    pub apps: Vec<Choice>,
    /// One a line.
    pub patterns: String,
    pub error: Option<String>,
    /// That patterns match no app now.
    pub unmatched: Option<String>,
}

impl AppPicker {
    /// `here` are the apps that the caller may name: see [`super::apps_here`].
    pub fn new(page: &Page, here: &[App], globs: &[String]) -> Self {
        let (l, scope) = (page.locale, &page.caller.apps);
        let is_app = |glob: &&String| here.iter().any(|app| app.id.as_str() == *glob);
        let (apps, patterns): (Vec<&String>, Vec<&String>) = globs.iter().partition(is_app);
        let every = match scope.is_all() {
            true => l.t("apps-every-one"),
            false => l.s("apps-every-held", text::one_line(&scope.globs().join(" "))),
        };
        Self {
            every: Choice::new(EVERY_APP, every, globs.is_empty()),
            apps: boxes(here, &apps.into_iter().map(String::as_str).collect()),
            patterns: patterns.into_iter().map(String::as_str).collect::<Vec<_>>().join("\n"),
            error: None,
            unmatched: globs::unmatched(l, here, globs),
        }
    }

    /// Takes what was ticked, and typed as patterns; gives the globs that it stands for if it is good. Single apps and
    /// patterns count before the box of all, so that a slip gives less and not more.
    pub fn read(&mut self, page: &Page, here: &[App], patterns: &str) -> Option<Vec<String>> {
        let (l, sent) = (page.locale, SentFields::of(&page.req));
        let fields: Vec<(&str, &str)> = sent.iter().flat_map(SentFields::iter).collect();
        let has = |name: &str| fields.iter().any(|(key, _)| *key == name);
        let ticked: Vec<&str> = fields.iter().filter(|(key, _)| *key == APP).map(|(_, id)| *id).collect();
        let globs = globs::globs(&format!("{}\n{patterns}", ticked.join("\n"))).map(without_doubles);
        let names_none = globs.as_ref().is_some_and(Vec::is_empty);
        // A program that sends no boxes means all by none.
        self.every.on = has(EVERY_APP) || names_none && !has(HAS_BOXES);
        self.apps = boxes(here, &ticked.into_iter().collect());
        self.patterns = patterns.to_owned();
        self.unmatched = globs.as_ref().and_then(|globs| globs::unmatched(l, here, globs));
        self.error = match names_none && !self.every.on {
            true => Some(l.t("invalid-apps-none")),
            false => globs.is_none().then(|| l.t("invalid-apps")),
        };
        globs.filter(|_| self.error.is_none())
    }
}

/// A box for each app; where there are very many, those that are ticked come first.
fn boxes(here: &[App], ticked: &HashSet<&str>) -> Vec<Choice> {
    // An id that is a pattern itself stands for more than its app.
    let apps = here.iter().filter(|app| !app.id.as_str().contains(['*', '?']));
    let choice = |app: &App| Choice::new(app.id.as_str(), app.name.clone(), ticked.contains(app.id.as_str()));
    let mut boxes: Vec<Choice> = apps.map(choice).collect();
    if boxes.len() > APPS_ON_A_PAGE {
        boxes.sort_by_key(|choice| !choice.on);
        let chosen = boxes.iter().filter(|choice| choice.on).count();
        boxes.truncate(APPS_ON_A_PAGE.max(chosen));
    }
    boxes
}

fn without_doubles(globs: Vec<String>) -> Vec<String> {
    let mut known = HashSet::new();
    globs.into_iter().filter(|glob| known.insert(glob.clone())).collect()
}

/// Whether these stand for the same apps, in whatever order.
pub fn same_apps(one: &[String], other: &[String]) -> bool {
    one.iter().collect::<HashSet<_>>() == other.iter().collect::<HashSet<_>>()
}
