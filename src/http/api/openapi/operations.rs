//! What the document says of operations, to be gone through.

use utoipa::openapi::RefOr;
use utoipa::openapi::path::{Operation, Parameter, PathItem};
use utoipa::openapi::security::SecurityRequirement;

/// Whether it needs no token.
pub fn is_open(operation: &Operation) -> bool {
    operation.security.as_ref().is_some_and(|all| all.iter().all(|one| *one == SecurityRequirement::default()))
}

/// Its parameters that stand in it whole.
pub fn parameters(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    operation.parameters.iter().flatten().filter_map(|parameter| match parameter {
        RefOr::T(parameter) => Some(parameter),
        RefOr::Ref(_) => None,
    })
}

/// Those of a path, each with its method.
pub fn operations(item: &mut PathItem) -> impl Iterator<Item = (&'static str, &mut Operation)> {
    let all = [
        ("get", &mut item.get),
        ("post", &mut item.post),
        ("put", &mut item.put),
        ("patch", &mut item.patch),
        ("delete", &mut item.delete),
    ];
    all.into_iter().filter_map(|(method, operation)| Some((method, operation.as_mut()?)))
}
