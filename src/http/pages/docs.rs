//! `/api/docs`: the document of the API for people.

use std::fmt::{self, Write as _};

use askama::Template;
use askama::filters::HtmlSafe;
use pulldown_cmark::{Event, Parser, html};

use super::parts::{Chrome, Visitor};
use crate::http::api::openapi::reference;
use crate::http::api::openapi::reference::{Operation, Reference};
use crate::http::failure::Answer;

#[derive(Template)]
#[template(path = "docs.html")]
struct Docs {
    c: Chrome,
    base_url: String,
    reference: &'static Reference,
}

/// Markdown as HTML; markup in it is shown as such.
struct Markdown(String);

impl HtmlSafe for Markdown {}

impl fmt::Display for Markdown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Docs {
    fn markdown(&self, text: &str) -> Markdown {
        let events = Parser::new(text).map(|event| match event {
            Event::Html(markup) | Event::InlineHtml(markup) => Event::Text(markup),
            event => event,
        });
        let mut page = String::new();
        html::push_html(&mut page, events);
        Markdown(page)
    }

    /// The request as a line for a shell, with the token in a variable.
    fn curl(&self, operation: &Operation) -> String {
        let mut path = operation.path.clone();
        for parameter in operation.parameters.iter().filter(|parameter| parameter.place == "path") {
            let example = parameter.example.clone().unwrap_or_else(|| parameter.name.to_uppercase());
            path = path.replace(&format!("{{{}}}", parameter.name), &example);
        }
        let mut line = "curl".to_owned();
        if operation.method != "GET" {
            _ = write!(line, " -X {}", operation.method);
        }
        _ = write!(line, " {}", quoted(&format!("{}{path}", self.base_url)));
        if operation.needs_token {
            line.push_str(" \\\n  -H \"Authorization: Bearer $TOKEN\"");
        }
        if let Some(example) = operation.body.as_ref().and_then(|body| body.example.as_ref()) {
            _ = write!(line, " \\\n  -H 'Content-Type: application/json' \\\n  -d {}", quoted(example));
        }
        line
    }
}

/// As one word for a shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

pub async fn show(page: Visitor) -> Answer {
    let title = page.locale.t("docs-title");
    let mut c = page.chrome("docs", title).await;
    // Nothing that happens changes it.
    c.live = false;
    page.ok(&Docs { c, base_url: page.base_url(), reference: reference() })
}
