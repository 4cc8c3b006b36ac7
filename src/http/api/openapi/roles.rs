//! Which role each operation needs: in its description, and as `x-required-role` for programs.

use serde_json::Value;
use utoipa::Modify;
use utoipa::openapi::OpenApi;

use super::operations::{is_open, operations};
use crate::domain::account::Role;

/// Says who may do what. The types of handlers decide it; a test asks each of them with every role.
pub struct Roles;

impl Modify for Roles {
    fn modify(&self, api: &mut OpenApi) {
        for (path, item) in &mut api.paths.paths {
            for (method, operation) in operations(item) {
                if is_open(operation) {
                    continue;
                }
                let role = role(path, method).as_str();
                let mut sentence = format!("Needs the role `{role}`");
                let extensions = operation.extensions.get_or_insert_default();
                extensions.insert("x-required-role".to_owned(), role.into());
                if is_for_all_apps(path) {
                    sentence.push_str(", for all apps");
                    extensions.insert("x-required-apps".to_owned(), "all".into());
                }
                if reads_secrets(path) {
                    sentence.push_str(" and the right `secrets:read`");
                    extensions.insert("x-required-right".to_owned(), "secrets:read".into());
                }
                let description = operation.description.take().unwrap_or_default();
                operation.description = Some(format!("{description}\n\n{sentence}.").trim().to_owned());
            }
        }
    }
}

/// utoipa keeps extensions in no order: else the document had other bytes after each start.
pub fn sort_extensions(document: &mut Value) {
    let items = document["paths"].as_object_mut().into_iter().flatten().filter_map(|(_, item)| item.as_object_mut());
    for operation in items.flatten().filter_map(|(_, operation)| operation.as_object_mut()) {
        for name in ["x-required-role", "x-required-apps", "x-required-right"] {
            if let Some(value) = operation.shift_remove(name) {
                operation.insert(name.to_owned(), value);
            }
        }
    }
}

fn role(path: &str, method: &str) -> Role {
    let path = path.strip_prefix("/api/v1").unwrap_or(path);
    let owners = ["/users", "/tokens", "/webhooks", "/rules", "/access-log"];
    if owners.iter().any(|part| path.starts_with(part)) {
        return Role::Owner;
    }
    // Links let a device in: who may not do that is not told of them either.
    let reads = method == "get" && !path.starts_with("/approval-links");
    // Everybody has views of their own.
    if reads || path.starts_with("/views") || ["/sessions/search", "/refresh", "/me/password"].contains(&path) {
        Role::Viewer
    } else {
        Role::Operator
    }
}

fn is_for_all_apps(path: &str) -> bool {
    path == "/metrics" || path.ends_with("/access-log")
}

fn reads_secrets(path: &str) -> bool {
    path.ends_with("/push-tokens") || path.ends_with("/file")
}
