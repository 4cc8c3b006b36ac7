//! The body of an answer, as far as a command takes it: what answers may be no panel.

use reqwest::Response;

/// The largest, in bytes: a page of 500 sessions is far smaller.
const LARGEST: usize = 64 << 20;

/// Why there is no body.
pub enum Unread {
    Broken(reqwest::Error),
    TooLarge,
}

pub async fn read(mut response: Response) -> Result<Vec<u8>, Unread> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(Unread::Broken)? {
        if body.len() + chunk.len() > LARGEST {
            return Err(Unread::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}
