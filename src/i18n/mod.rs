//! Every word that people read, by Fluent. A language is a folder in `locales/`; English is the one that all others fall
//! back on.

mod date_words;
mod dates;
mod html;
mod locale;
mod message;

pub use html::Html;
pub use locale::{Locale, Sentence};
pub use message::Message;
