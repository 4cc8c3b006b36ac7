//! The manual as pages of the panel: each chapter of `manual/` becomes HTML when the program is built.

use std::error::Error;
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

/// The chapters, in the order in which they are read.
const CHAPTERS: [&str; 14] = [
    "sessions",
    "push",
    "changes",
    "automation",
    "people",
    "programs",
    "recipes",
    "commands",
    "install",
    "backup",
    "run",
    "service",
    "monitoring",
    "beside-4d",
];

struct Chapter {
    title: String,
    html: String,
    anchors: Vec<String>,
    /// Where its links to other chapters lead: chapter and heading.
    links: Vec<(String, String)>,
}

/// Writes `manual.rs`, which `src/http/pages/help.rs` includes.
pub fn build() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=manual");
    println!("cargo:rerun-if-changed=build/manual.rs");
    let chapters: Vec<Chapter> = CHAPTERS.iter().map(|name| Chapter::read(name)).collect();
    let mut code = format!("pub const CHAPTERS: [Chapter; {}] = [\n", CHAPTERS.len());
    for (name, chapter) in CHAPTERS.iter().zip(&chapters) {
        for (to, anchor) in &chapter.links {
            let target = CHAPTERS.iter().position(|chapter| chapter == to).map(|at| &chapters[at]);
            let is_there = target.is_some_and(|target| anchor.is_empty() || target.anchors.contains(anchor));
            assert!(is_there, "manual/{name}.md leads to {to}#{anchor}, which is not in the manual");
        }
        let Chapter { title, html, anchors, .. } = chapter;
        let _ =
            writeln!(code, "Chapter {{ name: {name:?}, title: {title:?}, html: {html:?}, anchors: &{anchors:?} }},");
    }
    code.push_str("];\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("manual.rs"), code)?;
    Ok(())
}

impl Chapter {
    fn read(name: &str) -> Self {
        let file = format!("manual/{name}.md");
        let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file}: {error}"));
        let mut events: Vec<Event> = Parser::new_ext(&text, Options::ENABLE_TABLES).collect();
        let (mut title, mut anchors, mut links) = (String::new(), Vec::new(), Vec::new());
        for at in 0..events.len() {
            match &events[at] {
                Event::Start(Tag::Heading { level, .. }) => {
                    let (level, words) = (*level, words_of(&events[at + 1..]));
                    let anchor = anchor(&words);
                    if level == HeadingLevel::H1 {
                        title = words;
                    }
                    anchors.push(anchor.clone());
                    if let Event::Start(Tag::Heading { id, .. }) = &mut events[at] {
                        *id = Some(anchor.into());
                    }
                }
                // What lies beside the manual is not in the program: the words stay.
                Event::Start(Tag::Link { dest_url, .. }) if dest_url.starts_with("../") => {
                    let end = (at..events.len()).find(|&end| matches!(events[end], Event::End(TagEnd::Link)));
                    for place in [Some(at), end].into_iter().flatten() {
                        events[place] = Event::Text("".into());
                    }
                }
                Event::Start(Tag::Link { dest_url, .. }) => {
                    let Some((to, anchor)) = chapter_of(name, dest_url) else { continue };
                    let address = match to == name && !anchor.is_empty() {
                        true => format!("#{anchor}"),
                        false if anchor.is_empty() => format!("/help/{to}"),
                        false => format!("/help/{to}#{anchor}"),
                    };
                    links.push((to, anchor));
                    if let Event::Start(Tag::Link { dest_url, .. }) = &mut events[at] {
                        *dest_url = CowStr::from(address);
                    }
                }
                _ => {}
            }
        }
        let mut html = String::new();
        html::push_html(&mut html, events.into_iter());
        Self { title, html, anchors, links }
    }
}

/// The words of a heading that has just begun.
fn words_of(events: &[Event]) -> String {
    let words = events.iter().take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_))));
    words
        .filter_map(|event| if let Event::Text(text) | Event::Code(text) = event { Some(&**text) } else { None })
        .collect()
}

/// A heading's anchor, as it is on the pages where the repository is read.
fn anchor(words: &str) -> String {
    let plain = words.to_lowercase().replace(' ', "-");
    plain.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect()
}

/// The chapter and heading that an address leads to; `None` for another site's.
fn chapter_of(from: &str, address: &str) -> Option<(String, String)> {
    if address.contains("://") {
        return None;
    }
    let (file, anchor) = address.split_once('#').unwrap_or((address, ""));
    let chapter = if file.is_empty() { from } else { file.strip_suffix(".md").unwrap_or(file) };
    Some((chapter.to_owned(), anchor.to_owned()))
}
