//! `/help`: the manual, as it was when the program was built. Anybody may read it, also who cannot log in.

use askama::Template;

use super::parts::{Chrome, Visitor};
use crate::http::failure::Answer;
use crate::services::error::Error;

/// A chapter of the manual, in English.
pub struct Chapter {
    /// In its address.
    pub name: &'static str,
    pub title: &'static str,
    html: &'static str,
    /// Its headings, as addresses name them.
    #[cfg_attr(not(test), expect(dead_code, reason = "a test looks whether what leads there is right"))]
    anchors: &'static [&'static str],
}

include!(concat!(env!("OUT_DIR"), "/manual.rs"));

#[derive(Template)]
#[template(path = "help.html")]
struct Help {
    c: Chrome,
    chapter: &'static Chapter,
}

/// `GET /help/{chapter}`, and `/help` for the first.
pub async fn show(page: Visitor) -> Answer {
    let name = page.part("chapter");
    let chapter = if name.is_empty() { CHAPTERS.first() } else { CHAPTERS.iter().find(|one| one.name == name) };
    let chapter = chapter.ok_or(Error::NotFound("address"))?;
    let mut c = page.chrome("help", chapter.title).await;
    // Nothing that happens changes it.
    c.live = false;
    page.ok(&Help { c, chapter })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::pages::parts::navigation::HELP;

    #[test]
    fn every_page_leads_to_a_chapter_that_is_there() {
        for (section, address) in HELP {
            let (name, anchor) = address.split_once('#').unwrap_or((address, ""));
            let chapter = CHAPTERS.iter().find(|chapter| chapter.name == name);
            let is_there = chapter.is_some_and(|chapter| anchor.is_empty() || chapter.anchors.contains(&anchor));
            assert!(is_there, "{section}: {address}");
        }
    }
}
