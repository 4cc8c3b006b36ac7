//! The question before something is done that cannot be undone.

use askama::Template;

use super::chrome::Chrome;
use super::page::Page;
use crate::http::failure::Answer;

/// What is asked. The form of its page says `sure`.
#[derive(Default)]
pub struct Question {
    pub section: &'static str,
    pub title: String,
    pub lead: String,
    /// What goes with it, under a title.
    pub lines_title: String,
    pub lines: Vec<String>,
    pub action: String,
    /// What its form carries.
    pub fields: Vec<(&'static str, String)>,
    pub submit: String,
    pub keep: String,
    pub back: String,
}

#[derive(Template)]
#[template(path = "confirm.html")]
struct ConfirmPage {
    c: Chrome,
    ask: Question,
}

/// The page of the question.
pub async fn confirm_page(page: &Page, ask: Question) -> Answer {
    let c = page.chrome(ask.section, ask.title.clone()).await.back_to(ask.back.clone());
    page.ok(&ConfirmPage { c, ask })
}
