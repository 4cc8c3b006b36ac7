//! Logs and request ids; secrets are kept out.
