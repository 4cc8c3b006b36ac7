//! Everything that can go wrong, as a code with arguments. What is said of it stands in `locales/`.

mod code;
mod kinds;
mod problem;
mod words;

pub use code::Code;
pub use kinds::{BodyFault, BodyType, Conflict, CrossOrigin, Error, FieldError, TokenFault};
pub use problem::Problem;
