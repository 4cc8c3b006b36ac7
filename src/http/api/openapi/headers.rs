//! The headers that many operations take, and those that their answers have.

use utoipa::Modify;
use utoipa::openapi::header::{Header, HeaderBuilder};
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::response::{Response, ResponseBuilder};
use utoipa::openapi::{ObjectBuilder, OpenApi, Ref, RefOr, Required, Type};

use super::operations::{is_open, operations, parameters};

/// Every POST and PATCH takes a key for its retries, and a PATCH also the media type of RFC 7396.
pub struct Taken;

impl Modify for Taken {
    fn modify(&self, api: &mut OpenApi) {
        for item in api.paths.paths.values_mut() {
            for (method, operation) in operations(item) {
                if matches!(method, "post" | "patch") && !takes(operation, "Idempotency-Key") {
                    operation.parameters.get_or_insert_default().push(RefOr::T(idempotency_key()));
                }
                if let ("patch", Some(RefOr::T(body))) = (method, &mut operation.request_body)
                    && let Some(content) = body.content.get("application/json").cloned()
                {
                    body.content.entry("application/merge-patch+json".to_owned()).or_insert(content);
                }
            }
        }
    }
}

fn takes(operation: &Operation, name: &str) -> bool {
    parameters(operation).any(|parameter| parameter.name.eq_ignore_ascii_case(name))
}

fn idempotency_key() -> Parameter {
    ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some("A retry with the same key and body gets the first answer, for 24 h"))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String).pattern(Some("^[!-~]{1,255}$"))))
        .build()
}

/// Every header that answers have, with what it says and an example.
const HEADERS: [(&str, &str, &str); 10] = [
    ("X-Request-Id", "The request's id, as the log and the journal have it", "01K9ZC4T8TQ4D0Y2F1G3H5J7KM"),
    (
        "RateLimit-Policy",
        "How many requests (`q`) a caller may make in how many seconds (`w`)",
        "\"default\";q=1000;w=1",
    ),
    ("RateLimit", "How many are left (`r`), and in how many seconds all are again (`t`)", "\"default\";r=999;t=1"),
    ("Retry-After", "After how many seconds it is worth to try again", "1"),
    ("ETag", "Changes with the answer: send it as `If-None-Match`", "\"9f86d081884c7d659a2feaa0c55ad015\""),
    ("Location", "The address of what was made or runs on", "/api/v1/batches/01K9ZC4T8TQ4D0Y2F1G3H5J7KM"),
    ("Link", "The next page, as `rel=\"next\"`; absent on the last", "</api/v1/sessions?cursor=eyJ>; rel=\"next\""),
    ("Idempotency-Replayed", "`true`: this is the answer to an earlier request with the same key", "true"),
    ("WWW-Authenticate", "How to say who asks", "Bearer"),
    ("Vary", "Which headers of the request the answer depends on", "Accept"),
];

/// Declares the headers on the answers that have them, and the answer 304 where there is an entity tag.
pub struct Given;

impl Modify for Given {
    fn modify(&self, api: &mut OpenApi) {
        let components = api.components.get_or_insert_default();
        for (name, description, example) in HEADERS {
            components.headers.insert(name.to_owned(), RefOr::T(described(description, example)));
        }
        for item in api.paths.paths.values_mut() {
            for (method, operation) in operations(item) {
                add_not_modified(method, operation);
                let facts = Facts::of(method, operation);
                for (status, answer) in &mut operation.responses.responses {
                    let RefOr::T(answer) = answer else { continue };
                    for name in facts.headers(status, answer) {
                        let known = RefOr::Ref(Ref::new(format!("#/components/headers/{name}")));
                        answer.headers.entry(name.to_owned()).or_insert(known);
                    }
                }
            }
        }
    }
}

fn described(description: &str, example: &str) -> Header {
    let schema = ObjectBuilder::new().schema_type(Type::String).examples([example]);
    HeaderBuilder::new().description(Some(description)).schema(Some(schema)).build()
}

/// What can be asked for again can be the same still.
fn add_not_modified(method: &str, operation: &mut Operation) {
    let Some(RefOr::T(answer)) = operation.responses.responses.get("200") else { return };
    if method != "get" || is_open_but_document(operation) || !has_tag(answer) {
        return;
    }
    if !takes(operation, "If-None-Match") {
        let tags = ParameterBuilder::new()
            .name("If-None-Match")
            .parameter_in(ParameterIn::Header)
            .required(Required::False)
            .description(Some("An ETag of this answer: 304 where it is the same still"))
            .schema(Some(ObjectBuilder::new().schema_type(Type::String)));
        operation.parameters.get_or_insert_default().push(RefOr::T(tags.build()));
    }
    let same = ResponseBuilder::new().description("The answer is the same still").build();
    operation.responses.responses.entry("304".to_owned()).or_insert(RefOr::T(same));
}

/// The health checks say how it is now.
fn is_open_but_document(operation: &Operation) -> bool {
    is_open(operation) && operation.operation_id.as_deref() != Some("get_openapi")
}

/// A stream has no entity tag, nor has what is for Prometheus.
fn has_tag(answer: &Response) -> bool {
    answer.content.keys().any(|kind| matches!(kind.as_str(), "application/json" | "application/octet-stream"))
}

/// What of an operation decides which headers its answers have.
struct Facts {
    open: bool,
    tagged: bool,
    paged: bool,
    idempotent: bool,
}

impl Facts {
    fn of(method: &str, operation: &Operation) -> Self {
        Self {
            open: is_open_but_document(operation),
            tagged: method == "get" && operation.responses.responses.contains_key("304"),
            paged: method == "get" && takes(operation, "cursor"),
            idempotent: takes(operation, "Idempotency-Key"),
        }
    }

    fn headers(&self, status: &str, answer: &Response) -> Vec<&'static str> {
        let has = |names: &'static [&'static str], so: bool| if so { names } else { &[] };
        let json = answer.content.contains_key("application/json");
        let parts = [
            has(&["X-Request-Id"], true),
            has(&["RateLimit-Policy", "RateLimit"], !self.open && status != "401"),
            has(&["Retry-After"], matches!(status, "202" | "409" | "429" | "503" | "default")),
            has(&["ETag"], self.tagged && matches!(status, "200" | "304")),
            has(&["Vary"], status == "304" || json && answer.content.contains_key("text/csv")),
            has(&["Location"], matches!(status, "201" | "202")),
            has(&["Link"], self.paged && status == "200"),
            has(&["Idempotency-Replayed"], self.idempotent && status.starts_with('2')),
            has(&["WWW-Authenticate"], status == "401"),
        ];
        parts.concat()
    }
}
