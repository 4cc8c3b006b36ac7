//! 4D's own JSON Schema, from the file that it ships.

use std::fs::File;
use std::io::Read;
use std::sync::Arc;

use crate::domain::session::schema::Schema;

const LARGEST: u64 = 16 << 20;

/// Reads and compiles it. `Err` says what is wrong with it.
pub fn load(path: &str) -> Result<Arc<Schema>, String> {
    let unreadable = |error: std::io::Error| format!("it cannot be read: {}", error.kind());
    let mut text = Vec::new();
    let length = File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut text)).map_err(unreadable)?;
    if length as u64 > LARGEST {
        return Err("it is larger than 16 MiB".to_owned());
    }
    Schema::compile(&text).map(Arc::new)
}
