//! Answers that are packed by gzip here. What takes no better than the least is left to the layer around all answers.

use std::io::{self, Write};

use actix_web::HttpRequest;
use actix_web::http::header::{AcceptEncoding, Encoding, Header};
use flate2::Compression;
use flate2::write::GzEncoder;

/// For what is packed once.
pub const SMALLEST: u32 = 9;
/// For what is packed for each request: a long list is a quarter smaller than at the least, for half a millisecond more.
pub const SMALL: u32 = 6;

pub fn pack(bytes: &[u8], level: u32) -> io::Result<Vec<u8>> {
    let mut packer = GzEncoder::new(Vec::with_capacity(bytes.len() / 4), Compression::new(level));
    packer.write_all(bytes)?;
    packer.finish()
}

/// Whether the client takes it, and nothing else that we have before it.
pub fn is_taken(req: &HttpRequest) -> bool {
    let accepted = AcceptEncoding::parse(req).ok();
    let best = accepted.and_then(|accepted| accepted.negotiate([Encoding::gzip(), Encoding::identity()].iter()));
    best == Some(Encoding::gzip())
}
