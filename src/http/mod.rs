//! Both faces over the same services.

pub mod api;
pub mod pages;
