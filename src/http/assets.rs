//! Style sheet, scripts and icons: in the binary, under addresses that change with their bytes.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::OnceLock;

use actix_web::http::header::{self, AcceptEncoding, Encoding, Header};
use actix_web::{HttpRequest, HttpResponse, web};
use flate2::Compression;
use flate2::write::GzEncoder;
use rust_embed::RustEmbed;
use sha2::{Digest as _, Sha256};

use super::failure::Failure;
use crate::services::error::Error;

#[derive(RustEmbed)]
#[folder = "static/"]
struct Files;

/// A file that is served as it is, with its entity tag.
pub struct Asset {
    bytes: web::Bytes,
    /// The same by gzip, packed once and as small as it gets.
    packed: web::Bytes,
    etag: String,
    mime: String,
}

impl Asset {
    pub fn new(bytes: web::Bytes, mime: String) -> Self {
        let etag = format!("\"{}\"", hex::encode(&Sha256::digest(&bytes)[..8]));
        let packed = pack(&bytes).map_or_else(|_| web::Bytes::new(), web::Bytes::from);
        Self { bytes, packed, etag, mime }
    }

    /// The file, or 304 where the client has it; `cache` is the header `Cache-Control`.
    pub fn answer(&self, req: &HttpRequest, cache: &str) -> HttpResponse {
        let is_known = matches(req, &self.etag);
        let mut answer = if is_known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
        answer.insert_header((header::CACHE_CONTROL, cache)).insert_header((header::ETAG, self.etag.as_str()));
        answer.insert_header((header::VARY, "Accept-Encoding"));
        if is_known {
            return answer.finish();
        }
        answer.content_type(self.mime.as_str());
        match takes_gzip(req) && (1..self.bytes.len()).contains(&self.packed.len()) {
            true => answer.insert_header((header::CONTENT_ENCODING, "gzip")).body(self.packed.clone()),
            false => answer.body(self.bytes.clone()),
        }
    }
}

fn pack(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(bytes)?;
    packer.finish()
}

fn takes_gzip(req: &HttpRequest) -> bool {
    let accepted = AcceptEncoding::parse(req).ok();
    let best = accepted.and_then(|accepted| accepted.negotiate([Encoding::gzip(), Encoding::identity()].iter()));
    best == Some(Encoding::gzip())
}

struct Assets {
    by_name: BTreeMap<String, Asset>,
    /// Of all files: one that names another by a relative address never gets an old one.
    digest: String,
}

fn assets() -> &'static Assets {
    static ASSETS: OnceLock<Assets> = OnceLock::new();
    ASSETS.get_or_init(|| {
        let mut all = Sha256::new();
        let mut by_name = BTreeMap::new();
        for name in Files::iter().filter(|name| !name.starts_with('.')) {
            let Some(file) = Files::get(&name) else { continue };
            let guess = mime_guess::from_path(name.as_ref()).first_or_octet_stream();
            let mime = if guess.type_() == "text" { format!("{guess}; charset=utf-8") } else { guess.to_string() };
            let bytes = match file.data {
                Cow::Borrowed(bytes) => web::Bytes::from_static(bytes),
                Cow::Owned(bytes) => bytes.into(),
            };
            let asset = Asset::new(bytes, mime);
            all.update(name.as_bytes());
            all.update(asset.etag.as_bytes());
            by_name.insert(name.into_owned(), asset);
        }
        Assets { by_name, digest: hex::encode(&all.finalize()[..8]) }
    })
}

/// The address of a file in `static/`, for templates: it can be cached for ever.
pub fn asset_url(name: &str) -> String {
    format!("/static/{}/{name}", assets().digest)
}

/// `GET /static/{path}`: with the digest in front to be kept for ever, without to be asked for again.
pub async fn serve(req: HttpRequest) -> Result<HttpResponse, Failure> {
    let path = req.match_info().get("path").unwrap_or_default();
    let assets = assets();
    let (name, cache) = match path.strip_prefix(&assets.digest).and_then(|rest| rest.strip_prefix('/')) {
        Some(name) => (name, "public, max-age=31536000, immutable"),
        None => (path, "no-cache"),
    };
    let asset = assets.by_name.get(name).ok_or(Error::NotFound("file-of-this-name"))?;
    Ok(asset.answer(&req, cache))
}

/// Whether `If-None-Match` names this entity tag. Weakly, as HTTP has it for GET.
pub fn matches(req: &HttpRequest, etag: &str) -> bool {
    let mut tags = req.headers().get_all(header::IF_NONE_MATCH).filter_map(|value| value.to_str().ok());
    tags.any(|value| {
        value.trim() == "*" || value.split(',').any(|tag| tag.trim().strip_prefix("W/").unwrap_or(tag.trim()) == etag)
    })
}
