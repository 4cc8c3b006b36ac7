//! `/sessions` and `/apps/{app}`: the list, over all apps or one. Filter, sort and page live in the
//! address.

use std::borrow::Cow;
use std::collections::HashSet;

use actix_web::http::StatusCode;
use askama::Template;

use super::parts::{
    Authorized, Chip, Choice, Chrome, EmailForm, FilterErrors, FolderLink, ListState, NamedApp, NoFields, Page, Pager,
    Row, SavedViews, Shown, ShownColumns, Verified, app_choices, filter_chips, filter_errors, list_pairs, moment,
    named_apps, pager, rows, saved_views, see, team_word, text, with_default,
};
use crate::domain::account::ListColumn;
use crate::domain::app_id::AppId;
use crate::domain::query::{Sort, SortKey};
use crate::domain::session::{App, Counts};
use crate::http::api;
use crate::http::extract::Read;
use crate::http::failure::Answer;
use crate::http::links::{self, Pairs};
use crate::i18n::{Html, Locale, Sentence};
use crate::services::error::Error;

#[derive(Template)]
#[template(path = "sessions.html")]
struct Sessions {
    c: Chrome,
    heading: String,
    /// Of one app: its folders that the list is over, and the ways to the others of it.
    folders: Vec<FolderLink>,
    also_in: Vec<(String, String)>,
    /// Whether the list is over one folder.
    of_folder: bool,
    /// The apps to go to, where there is more than one.
    apps: Vec<Choice>,
    /// The way to all of them, where there are more than can be chosen.
    every_app: Option<String>,
    summary: String,
    base: String,
    q: String,
    kept: Vec<(String, String)>,
    filter: String,
    wrong: FilterErrors,
    chips: Vec<Chip>,
    saved: SavedViews,
    columns: ShownColumns,
    heads: Vec<Head>,
    /// Whether all of them are declined.
    only_declined: bool,
    rows: Vec<ListRow>,
    say: RowWords,
    /// Where the e-mail of a row can be edited: the address but for the row's own name.
    edit: String,
    csv: String,
    /// What an empty list says: what will appear, and how.
    teach: Option<(String, Html)>,
    total: u64,
    /// What the form for all that match is about.
    all: ListState,
    filtered: bool,
    pager: Pager,
}

/// A row with what can be done in it.
struct ListRow {
    row: Row,
    /// The session's name, which the row says more than once.
    name: Html,
    edit: Option<EmailForm>,
}

/// What rows say, with the session's name in it or without: asked for once a page.
struct RowWords {
    select: Sentence,
    status: Sentence,
    edit_email: Sentence,
    accept: Sentence,
    set_pending: Sentence,
    look: Sentence,
    delete: Sentence,
    accepted: Cow<'static, str>,
    pending: Cow<'static, str>,
    declined: Cow<'static, str>,
    guest: Cow<'static, str>,
    set: Cow<'static, str>,
    to_accept: Cow<'static, str>,
    to_pending: Cow<'static, str>,
}

impl RowWords {
    fn new(l: Locale) -> Self {
        Self {
            select: l.sentence("select-name"),
            status: l.sentence("status-of"),
            edit_email: l.sentence("edit-email-of"),
            accept: l.sentence("accept-name"),
            set_pending: l.sentence("set-pending-name"),
            look: l.sentence("look-name"),
            delete: l.sentence("delete-name"),
            accepted: l.word("status-accepted"),
            pending: l.word("status-pending"),
            declined: l.word("status-declined"),
            guest: l.word("guest"),
            set: l.word("set"),
            to_accept: l.word("accept"),
            to_pending: l.word("set-pending"),
        }
    }
}

/// The head of a column, which sorts.
struct Head {
    class: &'static str,
    word: String,
    href: String,
    order: Option<&'static str>,
}

/// The list over all apps; of the app that was chosen among them, its own with the same filter and order.
pub async fn all(Authorized { page, .. }: Authorized<Read>) -> Answer {
    if let Some(id) = page.query.get("app").and_then(AppId::parse)
        && let Some(app) = page.app.catalog.app(&page.caller.apps, &id).await?
    {
        return Ok(see(&list_pairs(&page.query).without(&["app"]).link(&links::app(&app.id))));
    }
    let edit = EmailForm::asked(&page).await?;
    let app = named_app(&page).await?;
    show(&page, app, StatusCode::OK, edit).await
}

/// The app whose folders are all that the address asks for.
pub async fn named_app(page: &Page) -> Result<Option<NamedApp>, Error> {
    let Some(asked) = page.query.get("app").filter(|asked| asked.contains(',')) else { return Ok(None) };
    let apps = named_apps(page.app.catalog.apps(&page.caller.apps).await?);
    let asked: HashSet<&str> = asked.split(',').collect();
    Ok(apps.into_iter().find(|app| app.ids().map(AppId::as_str).collect::<HashSet<_>>() == asked))
}

/// The list of one app.
pub async fn of_app(Authorized { page, .. }: Authorized<Read>) -> Answer {
    let app = page.app.catalog.app(&page.caller.apps, &page.app_id()?).await?;
    let app = app.ok_or(Error::NotFound("app-of-this-id"))?;
    let edit = EmailForm::asked(&page).await?;
    show(&page, Some(NamedApp::folder(app)), StatusCode::OK, edit).await
}

/// Reads the folder again, now.
pub async fn refresh(Authorized { page, .. }: Authorized<Read>, form: Verified<NoFields>) -> Answer {
    page.app.catalog.refresh().await?;
    Ok(see(&form.back))
}

/// The list at the page's address, with the form of one row.
pub async fn show(page: &Page, app: Option<NamedApp>, status: StatusCode, mut edit: Option<EmailForm>) -> Answer {
    let (l, scope) = (page.locale, &page.caller.apps);
    let given = list_pairs(&page.query).0.into_iter();
    let asked = with_default(Pairs(given.map(|(key, value)| (key.clone(), moment(&key, &value))).collect()));
    // The app of an address stands in its path; a cursor holds to it all the same.
    let folder = app.as_ref().and_then(NamedApp::only);
    let in_app = folder.map(|folder| ("app", folder.id.as_str()));
    let (query, pairs, wrong) = filter_errors::read_filters(l, &asked, |pairs| {
        api::session_query(pairs.0.iter().map(|(key, value)| (key.as_str(), value.as_str())).chain(in_app))
    })?;
    let status = if wrong.is_empty() { status } else { StatusCode::BAD_REQUEST };
    let counts = match &app {
        Some(app) => app.counts(),
        None => page.app.catalog.counts(scope).await?,
    };
    let event = page.app.events.newest();
    let mut list = page.app.catalog.list(scope, &query).await?;
    if !wrong.is_empty() {
        list.items.clear();
    }
    let now = Page::now();
    let base = folder.map_or_else(|| "/sessions".to_owned(), |folder| links::app(&folder.id));
    let mut chips = filter_chips(page, &base, &pairs, counts, app.as_ref()).await?;
    // A list that is not shown is none of them.
    chips.iter_mut().for_each(|chip| chip.on &= wrong.is_empty());
    let narrowed = pairs.without(&["sort", "limit", "cursor"]);
    let heading = app.as_ref().map_or_else(|| l.t("all-sessions"), |app| text::one_line(&app.name).into_owned());
    let shown =
        Shown { limit: query.limit, count: list.items.len(), total: list.total, next: list.next_cursor.as_deref() };
    let pager = pager(l, &page.query, &base, &pairs, &shown);
    // What stood on this page is gone: the page before is the nearest to it.
    if let Some(before) = pager.previous.as_ref().or(pager.first.as_ref()).filter(|_| list.items.is_empty()) {
        return Ok(see(before));
    }
    let c = page.chrome("sessions", heading.clone()).await.back_to(page.here());
    let mut items = list.items;
    // What was typed is kept, wherever its row has gone.
    if let Some(edit) = edit.as_ref().filter(|edit| !items.iter().any(|item| item.key() == edit.session.key())) {
        items.insert(0, edit.session.clone());
    }
    let all_apps = page.app.catalog.apps(scope).await?;
    let mut rows = Vec::with_capacity(items.len());
    for session in &items {
        let row = Row::in_app(l, &all_apps, session, now);
        rows.push(ListRow {
            name: Html::text(&row.name),
            row,
            edit: edit.take_if(|edit| edit.session.key() == session.key()),
        });
    }
    let filter = filter_query(&narrowed, folder);
    let csv = match (filter.is_empty(), pairs.get("sort")) {
        (_, Some(sort)) => Pairs::parse(&filter).with("sort", Some(sort)).link("/sessions.csv"),
        _ => Pairs::parse(&filter).link("/sessions.csv"),
    };
    let sorted = pairs.get("sort");
    let saved = SavedViews::above(page, &Pairs::parse(&filter).with("sort", sorted).query()).await?;
    let columns = ShownColumns::new(&page.settings, folder.is_some());
    let has_apps = !all_apps.is_empty();
    let (apps, every_app) = apps(l, all_apps, app.as_ref());
    page.render(
        status,
        &Sessions {
            c,
            csv,
            teach: if rows.is_empty() { teach(page, &narrowed, counts, has_apps) } else { None },
            edit: page.query.with("edit", Some("")).link(&base),
            folders: app.as_ref().map(|app| rows::folder_links(l, app)).unwrap_or_default(),
            also_in: folder.map(rows::also_in).unwrap_or_default(),
            of_folder: folder.is_some(),
            apps,
            every_app,
            summary: summary(page, counts, pairs.get("q").filter(|_| wrong.is_empty()).map(|_| list.total)),
            q: pairs.get("q").unwrap_or_default().to_owned(),
            kept: pairs.without(&["q", "cursor"]).0,
            filter,
            chips,
            only_declined: pairs.get("declined") == Some("true"),
            heads: heads(page, &base, &pairs, query.sort, &columns),
            saved,
            columns,
            rows,
            say: RowWords::new(l),
            total: list.total,
            all: ListState { count: list.total, event },
            filtered: !narrowed.0.is_empty() || pairs.get("cursor").is_some(),
            wrong,
            pager,
            heading,
            base,
        },
    )
}

/// The apps that have a session, and the one that is shown.
fn apps(l: Locale, mut apps: Vec<App>, shown: Option<&NamedApp>) -> (Vec<Choice>, Option<String>) {
    apps.retain(|app| app.sessions.total > 0 || shown.is_some_and(|shown| shown.ids().any(|id| *id == app.id)));
    let (mut choices, every) = app_choices(l, &named_apps(apps), shown.map(NamedApp::value).as_deref());
    // One folder of an app that has several.
    if let Some(folder) = shown.and_then(NamedApp::only).filter(|_| !choices.iter().any(|choice| choice.on)) {
        let word = text::one_line(&format!("{} · {}", folder.name, team_word(l, folder))).into_owned();
        choices.push(Choice::new(folder.id.as_str(), word, true));
    }
    if choices.len() < 2 { (Vec::new(), None) } else { (choices, every) }
}

/// What an empty list tells of what will appear: where apps come from, or how a device comes to wait.
fn teach(page: &Page, narrowed: &Pairs, counts: Counts, has_apps: bool) -> Option<(String, Html)> {
    let l = page.locale;
    let only_pending = narrowed.without(&["declined"]).0.len() == 1
        && (narrowed.get("status"), narrowed.get("declined")) == (Some("pending"), Some("false"));
    if only_pending && counts.total > 0 {
        let pieces =
            [("line", Html::code("$response.verify:=True")), ("method", Html::code("On Mobile App Authentication"))];
        return Some((l.t("nobody-waiting"), l.html("nobody-waiting-help", &pieces)));
    }
    if narrowed.0.is_empty() && !has_apps {
        return Some((l.t("no-apps"), l.html("no-apps-help", &[("folder", Html::code(&page.folder()))])));
    }
    None
}

/// The filter as a form for all that match carries it, the app with it.
fn filter_query(narrowed: &Pairs, app: Option<&App>) -> String {
    match app {
        Some(app) => narrowed.with("app", Some(app.id.as_str())).query(),
        None => narrowed.query(),
    }
}

/// `found` is how many a search found.
fn summary(page: &Page, counts: Counts, found: Option<u64>) -> String {
    let l = page.locale;
    let all = match found {
        Some(found) => l.args(
            "found-of",
            &[("found", l.number(found).into()), ("total", l.n("count-sessions", counts.total).into())],
        ),
        None => l.n("count-sessions", counts.total),
    };
    let mut parts = vec![all, l.n("count-pending", counts.waiting())];
    if counts.declined > 0 {
        parts.push(l.n("count-declined", counts.declined));
    }
    if counts.noncompliant > 0 {
        parts.push(l.n("count-noncompliant", counts.noncompliant));
    }
    parts.join(" · ")
}

fn heads(page: &Page, base: &str, pairs: &Pairs, sort: Sort, shown: &ShownColumns) -> Vec<Head> {
    let columns = [
        ("device", "col-device", Some(SortKey::Device), true),
        ("state", "col-status", Some(SortKey::Status), true),
        ("os", "col-os", Some(SortKey::Os), true),
        ("who", "col-email", Some(SortKey::Email), true),
        ("app wide", saved_views::word(ListColumn::App), Some(SortKey::App), shown.app),
        ("version wide", saved_views::word(ListColumn::AppVersion), None, shown.app_version),
        ("language wide", saved_views::word(ListColumn::Language), None, shown.language),
        ("ip wide", saved_views::word(ListColumn::Ip), None, shown.ip),
        ("first wide", saved_views::word(ListColumn::FirstSeen), Some(SortKey::FirstSeen), shown.first_seen),
        ("when", "col-changed", Some(SortKey::Modified), true),
    ];
    columns
        .into_iter()
        .filter(|column| column.3)
        .map(|(class, word, key, _)| {
            let now = key.filter(|key| *key == sort.key);
            // The second click turns the order; a time begins with the latest.
            let descending =
                now.map_or(matches!(key, Some(SortKey::Modified | SortKey::FirstSeen)), |_| !sort.descending);
            Head {
                class,
                word: page.locale.t(word),
                href: key
                    .map(|key| {
                        pairs.without(&["cursor"]).with("sort", Some(&Sort { key, descending }.to_string())).link(base)
                    })
                    .unwrap_or_default(),
                order: now.map(|_| if sort.descending { "descending" } else { "ascending" }),
            }
        })
        .collect()
}
