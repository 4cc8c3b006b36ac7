//! The path below which the panel stands, where `--public-url` names one.
//!
//! Handlers, templates and services speak of addresses from the root. The path is taken off what comes in, and put in
//! front of what goes out, here and nowhere else: no new page can forget it. Scripts have it from `static/base.js`.

use actix_web::dev::ServiceRequest;
use actix_web::http::Uri;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::{HttpRequest, web};
use askama::Template;

use crate::app::App;
use crate::config::{Options, PublicUrl};
use crate::services::error::Error;

/// The attributes of our pages that hold an address.
const ATTRIBUTES: [&str; 4] = ["href", "src", "action", "formaction"];
/// How many bytes a page of a list can have, so that it is not moved while it grows.
const LONG_PAGE: usize = 192 << 10;

/// Empty at the root of the host, else as `/sessions`.
#[derive(Clone, Copy, Default)]
pub struct BasePath<'a>(&'a str);

impl<'a> BasePath<'a> {
    pub fn new(options: &'a Options) -> Self {
        Self(options.public_url.as_ref().map_or("", PublicUrl::path))
    }

    pub fn is_root(self) -> bool {
        self.0.is_empty()
    }

    /// The path of our cookies.
    pub fn of_cookies(self) -> &'a str {
        if self.is_root() { "/" } else { self.0 }
    }

    /// The address of a path in the panel.
    pub fn address(self, path: &str) -> String {
        format!("{}{path}", self.0)
    }

    /// Takes the path off a request. Some proxies have done so already: such a request is left as it is.
    pub fn take_off(self, req: &mut ServiceRequest) {
        let path = req.uri().path();
        let Some(rest) = self.rest(path, |path| req.resource_map().has_resource(path)) else { return };
        let rest = match req.uri().query() {
            Some(query) => format!("{rest}?{query}"),
            None => rest.to_owned(),
        };
        let mut parts = req.uri().clone().into_parts();
        parts.path_and_query = rest.parse().ok();
        let Ok(uri) = Uri::from_parts(parts) else { return };
        req.match_info_mut().get_mut().update(&uri);
        req.head_mut().uri = uri;
    }

    /// What follows the path in a request's; `None` where the request does not name it. Below `/sessions`, the panel's own
    /// `/sessions` is either what a proxy left of `/sessions/sessions`, or the panel's first page without its slash: it is
    /// taken for what has an address of the panel's.
    fn rest(self, path: &str, is_ours: impl Fn(&str) -> bool) -> Option<&str> {
        let rest =
            path.strip_prefix(self.0).filter(|rest| !self.is_root() && (rest.is_empty() || rest.starts_with('/')))?;
        if is_ours(path) && (rest.is_empty() || !is_ours(rest)) {
            return None;
        }
        Some(if rest.is_empty() { "/" } else { rest })
    }

    /// Puts the path in front of the addresses in an answer's headers.
    pub fn put_before_headers(self, headers: &mut HeaderMap) {
        if self.is_root() {
            return;
        }
        for (name, before) in [(header::LOCATION, ""), (header::LINK, "<")] {
            self.put_before_header(headers, &name, before);
        }
    }

    fn put_before_header(self, headers: &mut HeaderMap, name: &HeaderName, before: &str) {
        let address = headers.get(name).and_then(|value| value.to_str().ok()?.strip_prefix(before));
        let address = address.filter(|address| address.starts_with('/') && !address.starts_with("//"));
        let value = address.map(|address| HeaderValue::try_from(format!("{before}{}", self.address(address))));
        if let Some(Ok(value)) = value {
            headers.insert(name.clone(), value);
        }
    }

    /// Puts the path in front of the addresses in a page. No text from outside looks like an attribute there: templates
    /// escape its quotes.
    fn put_before_links(self, page: String) -> String {
        if self.is_root() {
            return page;
        }
        let mut pieces = page.split("=\"/");
        let mut whole = String::with_capacity(page.len() + page.len() / 16);
        whole.push_str(pieces.next().unwrap_or_default());
        for piece in pieces {
            let is_address = ends_with_attribute(&whole) && !piece.starts_with('/');
            whole.push_str("=\"");
            whole.push_str(if is_address { self.0 } else { "" });
            whole.push('/');
            whole.push_str(piece);
        }
        whole
    }
}

/// Whether a tag ends here with the name of an attribute that holds an address.
fn ends_with_attribute(tag: &str) -> bool {
    let mut before = ATTRIBUTES.iter().filter_map(|name| tag.strip_suffix(name));
    before.any(|before| before.ends_with(|c: char| c.is_ascii_whitespace()))
}

/// A template as the body of a page.
pub fn page(template: &impl Template, req: &HttpRequest) -> Result<String, Error> {
    let mut page = String::with_capacity(LONG_PAGE);
    template.render_into(&mut page).map_err(Error::internal)?;
    let app = req.app_data::<web::Data<App>>();
    Ok(app.map_or(BasePath::default(), |app| BasePath::new(&app.config.options)).put_before_links(page))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_is_taken_off_where_the_proxy_left_it() {
        let ours = |path: &str| matches!(path, "/" | "/sessions" | "/sessions/selected" | "/changes" | "/healthz");
        let rest = |base: &'static str, path: &'static str| BasePath(base).rest(path, ours);
        for (path, rest_of_it) in [
            ("/panel", Some("/")),
            ("/panel/", Some("/")),
            ("/panel/sessions", Some("/sessions")),
            ("/panel/nothing", Some("/nothing")),
            ("/panels", None),
            ("/sessions", None),
            ("/", None),
            ("/healthz", None),
        ] {
            assert_eq!(rest("/panel", path), rest_of_it, "{path}");
        }
        for (path, rest_of_it) in [
            ("/sessions/", Some("/")),
            ("/sessions/sessions", Some("/sessions")),
            ("/sessions/sessions/selected", Some("/sessions/selected")),
            ("/sessions/changes", Some("/changes")),
            ("/sessions", None),
            ("/sessions/selected", None),
            ("/sessions.csv", None),
        ] {
            assert_eq!(rest("/sessions", path), rest_of_it, "{path}");
        }
        assert_eq!(rest("", "/sessions"), None);
    }

    #[test]
    fn addresses_in_headers_get_the_path() {
        for (name, value, put) in [
            (header::LOCATION, "/login?next=%2F", "/p/login?next=%2F"),
            (header::LOCATION, "/", "/p/"),
            (header::LOCATION, "//elsewhere.example/", "//elsewhere.example/"),
            (header::LOCATION, "https://elsewhere.example/", "https://elsewhere.example/"),
            (header::LINK, "</api/v1/sessions?a>; rel=\"next\"", "</p/api/v1/sessions?a>; rel=\"next\""),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(name.clone(), HeaderValue::from_static(value));
            BasePath("/p").put_before_headers(&mut headers);
            assert_eq!(headers.get(&name).unwrap(), put);
        }
    }

    #[test]
    fn addresses_in_pages_get_the_path_and_no_text_does() {
        for (page, put) in [
            ("<a class=\"x\" href=\"/\">=&#34;/", "<a class=\"x\" href=\"/p/\">=&#34;/"),
            ("<a href=\"/a?b=/c\"><form action=\"/d\">", "<a href=\"/p/a?b=/c\"><form action=\"/p/d\">"),
            ("<button formaction=\"/a\"><img\nsrc=\"/b\">", "<button formaction=\"/p/a\"><img\nsrc=\"/p/b\">"),
        ] {
            assert_eq!(BasePath("/p").put_before_links(page.to_owned()), put);
            assert_eq!(BasePath("").put_before_links(page.to_owned()), page);
        }
        for page in ["<use href=\"#a\">", "<a href=\"?a\">", "<a href=\"//a\">", "<p title=\"/a\" data-src=\"/b\">"] {
            assert_eq!(BasePath("/p").put_before_links(page.to_owned()), page);
        }
    }
}
