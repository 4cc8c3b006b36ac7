//! *Connect 4D*: the code to install in 4D, filled in, to read and to download. It holds no secret.
//!
//! How 4D takes requests is documented at developer.4d.com/docs: `WebServer/http-request-handler` (the file, scalable
//! sessions, the restart), `API/IncomingMessageClass`, `API/OutgoingMessageClass`, `commands/last-errors`,
//! `Concepts/error-handling` (*Try … Catch*), `commands/generate-digest`; for older versions
//! `commands/on-web-connection-database-method`, `commands/web-get-http-header`, `commands/web-set-http-header`
//! (*X-STATUS*), `commands/web-send-text` (its tags), `commands/on-err-call`, `commands/get-last-error-stack`.

use actix_web::HttpResponse;
use actix_web::http::header;
use askama::Template;

use super::parts::Authorized;
use super::parts::connection::{PATH, address};
use crate::http::extract::Read;
use crate::http::failure::Answer;
use crate::services::error::Error;

pub struct Code {
    /// Its name in 4D's project.
    pub name: &'static str,
    /// Where it belongs, below the project's folder.
    pub place: &'static str,
    pub text: String,
}

#[derive(Template)]
#[template(path = "4d/HTTPHandlers.json", escape = "none")]
struct Handlers<'a> {
    pattern: &'a str,
}

#[derive(Template)]
#[template(path = "4d/MobileSessionsPush.4dm", escape = "none")]
struct Class<'a> {
    address: &'a str,
}

#[derive(Template)]
#[template(path = "4d/onWebConnection.4dm", escape = "none")]
struct OnWebConnection<'a> {
    path: &'a str,
}

#[derive(Template)]
#[template(path = "4d/MobileSessions_answer.4dm", escape = "none")]
struct Method<'a> {
    address: &'a str,
}

#[derive(Template)]
#[template(path = "4d/MobileSessions_error.4dm", escape = "none")]
struct OnError;

/// For 4D 20 R8 and later, and for what is older.
pub fn code(address: &str) -> Result<(Vec<Code>, Vec<Code>), Error> {
    let path = path_of(address);
    let text = |template: &dyn askama::DynTemplate| template.dyn_render().map_err(Error::internal);
    let new = vec![
        Code {
            name: "HTTPHandlers.json",
            place: "Project/Sources/HTTPHandlers.json",
            text: text(&Handlers { pattern: pattern_of(path) })?,
        },
        Code {
            name: "MobileSessionsPush.4dm",
            place: "Project/Sources/Classes/MobileSessionsPush.4dm",
            text: text(&Class { address })?,
        },
    ];
    let old = vec![
        Code {
            name: "onWebConnection.4dm",
            place: "Project/Sources/DatabaseMethods/onWebConnection.4dm",
            text: text(&OnWebConnection { path })?,
        },
        Code {
            name: "MobileSessions_answer.4dm",
            place: "Project/Sources/Methods/MobileSessions_answer.4dm",
            text: text(&Method { address })?,
        },
        Code {
            name: "MobileSessions_error.4dm",
            place: "Project/Sources/Methods/MobileSessions_error.4dm",
            text: text(&OnError)?,
        },
    ];
    Ok((new, old))
}

/// The path of an address, if it can stand in 4D's code as it is.
fn path_of(address: &str) -> &str {
    let path = address.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]));
    path.filter(|path| path.len() > 1 && path.bytes().all(is_plain)).unwrap_or(PATH)
}

fn is_plain(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b"-_./".contains(&b)
}

/// What 4D compares the beginning of an address with: it takes a slash behind it for granted, so the last part of the
/// path is left out where there are several.
fn pattern_of(path: &str) -> &str {
    let path = path.trim_matches('/');
    path.rsplit_once('/').map_or(path, |(pattern, _)| pattern)
}

/// One of the files, as plain text.
pub async fn download(Authorized { page, .. }: Authorized<Read>) -> Answer {
    let wanted = page.part("file");
    let (new, old) = code(&address(page.app.push.url()))?;
    let found = new.into_iter().chain(old).find(|code| code.name == wanted);
    let found = found.ok_or(Error::NotFound("file-of-this-name"))?;
    Ok(HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", found.name)))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(found.text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_is_filled_in() {
        let (new, old) = code("https://4d.example:8443/panel/sessions/push").unwrap();
        let handlers: serde_json::Value = serde_json::from_str(&new[0].text).unwrap();
        let entry = serde_json::json!([{ "class": "MobileSessionsPush", "method": "push",
            "pattern": "panel/sessions", "verbs": "post" }]);
        assert_eq!(handlers, entry);
        assert!(new[1].text.contains("https://4d.example:8443/panel/sessions/push"));
        assert!(old[0].text.contains("$1=\"/panel/sessions/push\""), "{}", old[0].text);
    }

    #[test]
    fn what_cannot_stand_in_code_does_not() {
        for address in ["https://a/%22quote", "https://a/", "https://a", "https://a/a'b"] {
            assert_eq!(path_of(address), PATH, "{address}");
        }
        assert_eq!(pattern_of("/push"), "push");
        assert_eq!(pattern_of("/mobile-sessions/push"), "mobile-sessions");
    }

    #[test]
    fn the_code_for_4d_compares_digests_and_leaks_no_text() {
        let (new, old) = code(&address(None)).unwrap();
        for text in [&new[1].text, &old[1].text] {
            assert_eq!(text.matches("Generate digest(").count(), 2, "{text}");
            assert_eq!(text.matches("MOBILE APP REFRESH SESSIONS").count(), 1, "{text}");
            // What is opened is closed.
            for (open, close) in [("If (", "End if"), ("Try\n", "End try"), ("For each (", "End for each")] {
                assert_eq!(text.matches(open).count(), text.matches(close).count(), "{open}: {text}");
            }
        }
    }
}
