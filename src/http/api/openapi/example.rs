//! An example of a value, from its schema: the one that it names, else one that is made of its parts.

use serde_json::{Map, Value, json};

/// An example of what this schema of the document describes.
pub fn example(document: &Value, schema: &Value) -> Value {
    within(document, schema, 0)
}

fn within(document: &Value, schema: &Value, depth: usize) -> Value {
    /// A type can hold itself.
    const DEEPEST: usize = 8;
    let named = [&schema["examples"][0], &schema["example"], &schema["default"], &schema["const"], &schema["enum"][0]];
    if let Some(named) = named.into_iter().find(|value| !value.is_null()) {
        return named.clone();
    }
    if depth > DEEPEST {
        return Value::Null;
    }
    if let Some(place) = schema["$ref"].as_str().and_then(|reference| reference.strip_prefix('#')) {
        return within(document, document.pointer(place).unwrap_or(&Value::Null), depth + 1);
    }
    let choices = ["oneOf", "anyOf"].into_iter().filter_map(|key| schema[key].as_array()).flatten();
    if let Some(choice) = choices.into_iter().find(|choice| choice["type"] != "null") {
        return within(document, choice, depth + 1);
    }
    if let Some(parts) = schema["allOf"].as_array() {
        let parts = parts.iter().map(|part| within(document, part, depth + 1));
        return Value::Object(parts.filter_map(|part| part.as_object().cloned()).flatten().collect::<Map<_, _>>());
    }
    match schema["type"].as_str().or_else(|| schema["type"][0].as_str()) {
        Some("object") => {
            let properties = schema["properties"].as_object().into_iter().flatten();
            properties.map(|(name, value)| (name.clone(), within(document, value, depth + 1))).collect()
        }
        Some("array") => json!([within(document, &schema["items"], depth + 1)]),
        Some("integer" | "number") => schema.get("minimum").cloned().unwrap_or(json!(0)),
        Some("boolean") => json!(false),
        Some("string") => match schema["format"].as_str() {
            Some("date-time") => json!("2026-11-22T21:55:00.000Z"),
            Some("uri") => json!("https://panel.example/"),
            _ => json!("…"),
        },
        _ => Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_example_is_named_or_made_of_its_parts() {
        let document = json!({ "components": { "schemas": {
            "Node": { "type": "object", "properties": {
                "name": { "type": "string", "examples": ["root"] },
                "at": { "type": ["string", "null"], "format": "date-time" },
                "kind": { "oneOf": [{ "type": "null" }, { "enum": ["leaf"] }] },
                "sizes": { "type": "array", "items": { "type": "integer" } },
            } },
            "Chain": { "type": "object", "properties": { "next": { "$ref": "#/components/schemas/Chain" } } },
        } } });
        let node = example(&document, &json!({ "$ref": "#/components/schemas/Node" }));
        let expected = json!({ "name": "root", "at": "2026-11-22T21:55:00.000Z", "kind": "leaf", "sizes": [0] });
        assert_eq!(node, expected);
        assert!(example(&document, &json!({ "$ref": "#/components/schemas/Chain" })).is_object());
    }
}
