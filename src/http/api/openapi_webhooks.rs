//! The part of the document that says what receivers of webhooks get: utoipa makes none.

use serde_json::{Map, Value, json};

use crate::domain::event::EventKind;

/// `webhooks` of OpenAPI 3.1: one entry for each kind of event, and one for the test of a webhook.
pub fn webhooks() -> Value {
    let kinds = EventKind::all().map(|kind| (kind.as_str(), summary(kind)));
    let all = kinds.chain([("test", "Somebody tests the webhook")]);
    all.map(|(kind, summary)| (kind.to_owned(), json!({ "post": operation(kind, summary) })))
        .collect::<Map<_, _>>()
        .into()
}

fn summary(kind: EventKind) -> &'static str {
    match kind {
        EventKind::SessionCreated => "A session is there that was not",
        EventKind::SessionChanged => "A session's file has other bytes",
        EventKind::SessionDeleted => "A session is gone",
        EventKind::SessionDeclined => "Somebody declined to let a pending session in",
        EventKind::SessionUndeclined => "A declined session waits again",
        EventKind::SessionNoted => "What people call a device, or say of it, is another",
        EventKind::AppCreated => "An app has its first session or its manifest",
        EventKind::AppDeleted => "An app holds nothing any more",
        EventKind::FolderUnavailable => "The MobileApps folder cannot be read any more",
        EventKind::FolderAvailable => "The MobileApps folder can be read again",
        EventKind::PushCompleted => "A push came to its end",
    }
}

fn operation(kind: &str, summary: &str) -> Value {
    json!({
        "tags": ["webhooks"],
        "operationId": format!("receive_{}", kind.replace('.', "_")),
        "summary": summary,
        "description": "Sent to the `url` of a webhook, signed by the Standard Webhooks specification. Any other answer \
                        than 2xx, or none within 15 s, is followed by further attempts with the same body and the same \
                        `webhook-id`, over three days.",
        "security": [],
        "parameters": [
            header("webhook-id", "The same at every attempt: an event can come twice", json!({ "type": "string" })),
            header("webhook-timestamp", "When this attempt was made, in seconds since 1970", json!({ "type": "integer" })),
            header(
                "webhook-signature",
                "`v1,` and the base64 of the HMAC-SHA256 of `id.timestamp.body` by the webhook's secret; one for each \
                 secret that is valid, with spaces between them",
                json!({ "type": "string", "pattern": "^v1,[A-Za-z0-9+/]{43}=( v1,[A-Za-z0-9+/]{43}=)?$" }),
            ),
        ],
        "requestBody": { "required": true, "content": { "application/json": { "schema": body(kind) } } },
        "responses": {
            "200": { "description": "The receiver has it; so says every other 2xx" },
            "410": { "description": "The receiver wants nothing any more: the webhook is switched off" },
            "default": { "description": "It is sent again later" },
        },
    })
}

fn header(name: &str, description: &str, schema: Value) -> Value {
    json!({ "name": name, "in": "header", "required": true, "description": description, "schema": schema })
}

fn body(kind: &str) -> Value {
    let kind = json!({ "type": "string", "const": kind });
    json!({
        "type": "object",
        "required": ["type", "timestamp", "data"],
        "properties": {
            "type": kind,
            "timestamp": { "type": "string", "format": "date-time", "description": "When it was noticed" },
            "data": data(&kind),
        },
    })
}

/// As in the stream of events, with the session. The test has a type of its own.
fn data(kind: &Value) -> Value {
    let text = json!({ "type": ["string", "null"] });
    let link = json!({
        "type": "object",
        "description": "Lets the device in, once: where the webhook has `approval_links` and the device waits",
        "required": ["url", "expires_at"],
        "properties": {
            "url": { "type": "string", "format": "uri" },
            "expires_at": { "type": "string", "format": "date-time" },
        },
    });
    json!({
        "type": "object",
        "required": ["type", "app", "id", "status", "previous_status", "actor", "at", "declined", "session"],
        "properties": {
            "type": kind,
            "app": text,
            "id": text,
            "status": text,
            "previous_status": text,
            "actor": { "oneOf": [{ "type": "null" }, { "$ref": "#/components/schemas/Actor" }] },
            "at": { "type": "string", "format": "date-time" },
            "declined": { "type": "boolean" },
            "session": { "oneOf": [{ "type": "null" }, { "$ref": "#/components/schemas/Session" }] },
            "approval_link": link,
        },
    })
}
