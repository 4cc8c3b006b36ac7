//! Changes: what they do to a file, what they refuse, undo, and the journal.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use serde_json::{Value, json};

use crate::pages::user;
use crate::spawn::*;

const CHANGES: &str = "/api/v1/changes";

/// Undoes a change (or batch), which must be taken; the result.
#[track_caller]
fn undo(user: &impl User, id: &str) -> Value {
    user.post(&format!("{CHANGES}/{id}/undo"), json!({})).status(200).json()
}

/// Changes a session, which must be taken; the change's id.
#[track_caller]
fn change(user: &impl User, path: &str, body: Value) -> String {
    let answer = user.patch(path, body).status(200);
    answer.header("x-change-id").to_owned()
}

#[track_caller]
fn delete(user: &impl User, path: &str) -> String {
    let answer = user.delete(path).status(204);
    assert!(answer.body.is_empty(), "{answer:?}");
    answer.header("x-change-id").to_owned()
}

/// That the only item of a result was changed.
#[track_caller]
fn assert_changed(result: &Value) {
    assert_eq!((&result["total"], &result["changed"]), (&json!(1), &json!(1)), "{result}");
    assert_eq!(result["items"][0]["outcome"], "changed", "{result}");
}

/// That the only item of a result failed with this problem.
#[track_caller]
fn assert_failed(result: &Value, status: u16, code: &str) {
    assert_eq!((&result["failed"], &result["changed"]), (&json!(1), &json!(0)), "{result}");
    let item = &result["items"][0];
    assert_eq!(item["outcome"], "failed", "{result}");
    assert_eq!(item["problem"]["status"], status, "{result}");
    assert_eq!(item["problem"]["type"], format!("/problems/{code}"), "{result}");
}

#[test]
fn a_change_answers_with_session_etag_and_id() {
    let file = session(CONTACT, &id(1)).status("pending");
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve();
    let operator = server.operator();
    for (kind, body, unpushed) in [
        ("application/json", json!({ "status": "accepted" }), true),
        ("application/merge-patch+json", json!({ "email": "ann@corp.example" }), true),
        ("Application/JSON; charset=utf-8", json!({ "status": "pending", "email": "" }), false),
    ] {
        let before = operator.etag(CONTACT, &id(1));
        let answer = operator.request("PATCH", &file.path()).json(body.clone()).header("content-type", kind).send();
        let answer = answer.status(200);
        assert_ne!(answer.header("etag"), before);
        assert_eq!(answer.header("etag"), operator.etag(CONTACT, &id(1)));
        let session = answer.json();
        body.as_object().unwrap().iter().for_each(|(key, value)| assert_eq!(&session[key], value));
        assert_eq!(session["unpushed"], unpushed, "as before is nothing to push");
        let list = operator.json("/api/v1/sessions");
        assert_eq!(list["items"][0], session, "the list shows it at once");
        let entry = operator.json(&format!("{CHANGES}/{}", answer.header("x-change-id")));
        assert_eq!(entry["session"], id(1));
    }
}

#[test]
fn another_content_type_is_415_and_writes_nothing() {
    let file = session(CONTACT, &id(1)).status("pending");
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve();
    let before = snapshot(&site.root());
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json-patch+json",
        "application/json; charset=utf-16",
        "multipart/form-data",
        "application/jsonx",
    ] {
        let request = server.operator().request("PATCH", &file.path()).body(r#"{"status":"accepted"}"#);
        request.header("content-type", kind).send().problem(415, "unsupported-media-type");
    }
    let encoded = server.operator().request("PATCH", &file.path()).json(json!({ "status": "accepted" }));
    encoded.header("content-encoding", "gzip").send().problem(415, "unsupported-media-type");
    assert_unchanged(&before, &snapshot(&site.root()));
}

#[test]
fn an_invalid_value_is_422_and_writes_nothing() {
    let file = session(CONTACT, &id(1)).status("pending");
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve();
    let operator = server.operator();
    let before = snapshot(&site.root());
    for (body, pointer) in [
        (json!({ "colour": "red" }), "/colour"),
        (json!({ "status": "accepted", "token": "x" }), "/token"),
        (json!({ "a/b~c": 1 }), "/a~1b~0c"),
        (json!({ "status": "banned" }), "/status"),
        (json!({ "status": "Accepted" }), "/status"),
        (json!({ "status": "" }), "/status"),
        (json!({ "status": null }), "/status"),
        (json!({ "status": true }), "/status"),
        (json!({ "email": null }), "/email"),
        (json!({ "email": "a@b\n.c" }), "/email"),
        (json!({ "email": "a@b.c\u{0}" }), "/email"),
        (json!({ "email": format!("{}@b.c", "a".repeat(300)) }), "/email"),
        (json!({ "email": 5 }), "/email"),
        (json!({ "status": "accepted", "reason": "x".repeat(501) }), "/reason"),
        (json!({ "status": "accepted", "reason": 5 }), "/reason"),
        (json!({ "status": "accepted", "reason": ["x"] }), "/reason"),
    ] {
        operator.patch(&file.path(), body).problem_at(422, "invalid-value", pointer);
    }
    for body in [json!([]), json!("accepted"), json!(null)] {
        operator.patch(&file.path(), body).problem(422, "invalid-value");
    }
    for body in
        ["{", "{\"status\":\"accepted\"", "{\"status\":\"accepted\",\"status\":\"pending\"}", "\u{feff}{}", "{}{}"]
    {
        let request = operator.request("PATCH", &file.path()).json(json!({})).body(body);
        request.send().problem(400, "malformed-body");
    }
    operator.patch(&format!("{}?x=1", file.path()), json!({ "status": "accepted" })).problem_at(
        400,
        "invalid-query",
        "/x",
    );
    operator.patch(&session_path(CONTACT, &id(2)), json!({ "status": "accepted" })).problem(404, "not-found");
    operator.delete(&format!("{}?reason={}", file.path(), "x".repeat(501))).problem_at(400, "invalid-query", "/reason");
    operator.delete(&format!("{}?why=x", file.path())).problem_at(400, "invalid-query", "/why");
    assert_unchanged(&before, &snapshot(&site.root()));
    assert_eq!(operator.json(CHANGES)["total"], 0);
    // 500 characters, not bytes, are not too long.
    change(&operator, &file.path(), json!({ "status": "accepted", "reason": "é".repeat(500) }));
}

#[test]
fn a_change_of_nothing_leaves_the_file_alone() {
    let site = Site::new();
    let text = String::from_utf8(session(CONTACT, &id(1)).bytes()).unwrap();
    // Spelled otherwise, it is the same value.
    site.write(CONTACT, &id(1), text.replace("\"accepted\"", "\"acc\\u0065pted\""));
    let server = site.serve();
    let operator = server.operator();
    let before = snapshot(&site.root());
    for body in [
        json!({ "status": "accepted" }),
        json!({ "email": "" }),
        json!({ "reason": "x" }),
        json!({}),
        json!({ "status": "accepted", "email": "", "reason": null }),
    ] {
        let answer = operator.patch(&session_path(CONTACT, &id(1)), body).status(200);
        assert!(!answer.has_header("x-change-id"), "{answer:?}");
        assert_eq!(answer.header("etag"), operator.etag(CONTACT, &id(1)));
        assert_eq!(answer.json()["unpushed"], false);
    }
    assert_unchanged(&before, &snapshot(&site.root()));
    assert_eq!(operator.json(CHANGES)["total"], 0);
}

/// Files of every kind that 4D writes, with the status spelled `STATUS` where it stands.
fn shapes() -> Vec<String> {
    let file = session(CONTACT, &id(1)).set("/userInfo", json!({ "status": "pending", "email": "inner" }));
    let pretty = String::from_utf8(file.status("STATUS").bytes()).unwrap().replace("  ", "\t");
    let token = pretty.split("\"token\": ").nth(1).unwrap().lines().next().unwrap().trim_end_matches(',').to_owned();
    let ids = format!(
        r#""application":{{"id":"com.contactApp.Contact"}},"team":{{"id":"UTT7VDX8W5"}},"session":{{"id":"{}","status":"pending"}}"#,
        id(1)
    );
    vec![
        pretty.clone(),
        format!("\u{feff}{}", pretty.replace('\n', "\r")),
        format!("\u{feff}{}", pretty.replace('\n', "\r\n")),
        format!("{}\r\n\r\n", pretty.replace('\n', "\r\n")),
        format!(r#"{{"status":"STATUS",{ids},"email":"","token":{token}}}"#),
        format!(r#"{{{ids},"token":{token},"email" : "" ,"status"  :{}"STATUS" }}  "#, "\t"),
        format!(
            r#"{{{ids},"token":{token},"st\u0061tus":"STATUS","n":[1.0,1.50,-0,1E+2,1e400,12345678901234567890123],"s":"\ud800\/"}}"#
        ),
        format!(
            r#"{{"a":{{"status":"pending","x":[{{"status":"pending"}}]}},{ids},"token":{token},"status":"STATUS","é":"日本"}}"#
        ),
        format!(r#"{{{ids},"deep":{}{},"status":"STATUS","token":{token}}}"#, "[".repeat(500), "]".repeat(500)),
    ]
}

#[test]
fn only_the_values_bytes_change_and_undo_restores_them() {
    for text in shapes() {
        let site = Site::new();
        let original = text.replace("STATUS", "pending");
        let path = site.write(CONTACT, &id(1), &original);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        let server = site.serve();
        let operator = server.operator();
        let made = change(&operator, &session_path(CONTACT, &id(1)), json!({ "status": "accepted" }));
        let now = String::from_utf8(site.read(CONTACT, &id(1))).unwrap();
        assert_eq!(now, text.replace("STATUS", "accepted"));
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
        assert_changed(&undo(&operator, &made));
        assert_eq!(String::from_utf8(site.read(CONTACT, &id(1))).unwrap(), original);
        assert_eq!(names(&site.root().join(CONTACT)), [id(1)], "nothing is left behind");
    }
}

#[test]
fn an_absent_field_is_added_and_undone() {
    let ids = |rest: &str| {
        let file = session(CONTACT, &id(1));
        format!(
            r#"{{"application":{{"id":"com.contactApp.Contact"}},"team":{{"id":"UTT7VDX8W5"}},"session":{{"id":"{}"}},"token":{}{rest}"#,
            id(1),
            file.document["token"]
        )
    };
    let pretty = session(CONTACT, &id(1)).without("/email").status("pending");
    let pretty = String::from_utf8(pretty.bytes()).unwrap().replace("  ", "\t");
    let cases = [
        (pretty.clone(), json!({ "email": "ann@corp.example" })),
        (
            format!("\u{feff}{}", pretty.replace('\n', "\r\n")),
            json!({ "email": "ann@corp.example", "status": "accepted" }),
        ),
        (ids("}"), json!({ "status": "accepted" })),
        (ids(",\"x\":1 } \n"), json!({ "status": "accepted", "email": "ann@corp.example" })),
        (ids(",\"email\":5}"), json!({ "email": "ann@corp.example" })),
    ];
    for (original, body) in cases {
        let site = Site::new();
        site.write(CONTACT, &id(1), &original);
        let server = site.serve();
        let operator = server.operator();
        let made = change(&operator, &session_path(CONTACT, &id(1)), body.clone());
        let now: Value = serde_json::from_slice(
            site.read(CONTACT, &id(1)).strip_prefix("\u{feff}".as_bytes()).unwrap_or(&site.read(CONTACT, &id(1))),
        )
        .unwrap();
        body.as_object().unwrap().iter().for_each(|(key, value)| assert_eq!(&now[key], value, "{now}"));
        assert_changed(&undo(&operator, &made));
        assert_eq!(String::from_utf8(site.read(CONTACT, &id(1))).unwrap(), original);
    }
}

#[test]
fn a_doubled_known_key_is_refused() {
    let text = String::from_utf8(session(CONTACT, &id(1)).bytes()).unwrap();
    let doubled = [
        text.replacen('{', "{\"status\":\"pending\",", 1),
        text.replacen('{', "{\"st\\u0061tus\":\"accepted\",", 1),
        text.replacen('{', "{\"device\":{},", 1),
        text.replacen("\"simulator\"", "\"id\":\"x\",\"simulator\"", 1),
    ];
    for text in doubled {
        let site = Site::new();
        site.write(CONTACT, &id(1), &text);
        let server = site.serve();
        let before = snapshot(&site.root());
        for body in [json!({ "status": "pending" }), json!({ "email": "ann@corp.example" })] {
            server.operator().patch(&session_path(CONTACT, &id(1)), body).problem(422, "duplicate-keys");
        }
        assert_unchanged(&before, &snapshot(&site.root()));
        let made = delete(&server.operator(), &session_path(CONTACT, &id(1)));
        assert_changed(&undo(&server.operator(), &made));
        assert_unchanged_but_inode(&site, text.as_bytes());
    }
    // An unknown key may stand twice.
    let site = Site::new();
    site.write(CONTACT, &id(1), text.replacen('{', "{\"x\":1,\"x\":2,", 1));
    let server = site.serve();
    change(&server.operator(), &session_path(CONTACT, &id(1)), json!({ "status": "pending" }));
}

#[track_caller]
fn assert_unchanged_but_inode(site: &Site, bytes: &[u8]) {
    assert_eq!(site.read(CONTACT, &id(1)), bytes);
}

#[test]
fn a_noncompliant_session_can_change_its_status() {
    let files = [
        session(CONTACT, &id(1)).set("/team/id", "ABCDEFGHIJ"),
        session(CONTACT, &id(2)).set("/token", "garbage"),
        session(CONTACT, &id(3)).set("/device", 5),
        session(CONTACT, &id(4)).without("/application"),
        session(CONTACT, &id(5)).status("banned"),
    ];
    let site = Site::with(&files);
    site.write(CONTACT, &id(6), b"{}");
    site.write(CONTACT, &id(7), br#"{"status":5}"#);
    let server = site.serve();
    for n in 1..=7 {
        change(&server.operator(), &session_path(CONTACT, &id(n)), json!({ "status": "pending" }));
        assert_eq!(server.viewer().json(&session_path(CONTACT, &id(n)))["status"], "pending");
    }
    assert_eq!(site.read(CONTACT, &id(6)), br#"{"status":"pending"}"#);
}

#[test]
fn a_change_that_breaks_compliance_is_refused() {
    // One byte more, and the file would be over the limit.
    let text = String::from_utf8(session(CONTACT, &id(1)).status("pending").bytes()).unwrap();
    let site = Site::new();
    site.write(CONTACT, &id(1), format!("{text}{}", " ".repeat(2000 - text.len())));
    let server = site.serve_with(&["--max-file-size", "2000"]);
    let before = snapshot(&site.root());
    let answer = server.operator().patch(&session_path(CONTACT, &id(1)), json!({ "status": "accepted" }));
    answer.problem(422, "invalid-value");
    assert_unchanged(&before, &snapshot(&site.root()));
    assert_eq!(server.viewer().json(CHANGES)["total"], 0);
}

#[test]
fn a_file_without_an_object_can_only_be_deleted() {
    for bytes in [&b"{ broken"[..], b"", b"[]", b"\xff\xfe", b"\"accepted\""] {
        let site = Site::new();
        site.write(CONTACT, &id(1), bytes);
        age(&site.path(CONTACT, &id(1)), 100);
        let server = site.serve();
        let before = snapshot(&site.root());
        let answer = server.operator().patch(&session_path(CONTACT, &id(1)), json!({ "status": "accepted" }));
        answer.problem(422, "not-an-object");
        assert_unchanged(&before, &snapshot(&site.root()));
        let made = delete(&server.operator(), &session_path(CONTACT, &id(1)));
        assert!(!site.path(CONTACT, &id(1)).exists());
        assert_changed(&undo(&server.operator(), &made));
        assert_eq!(site.read(CONTACT, &id(1)), bytes);
    }
}

#[test]
fn if_match_holds_a_change_to_what_was_read() {
    let file = session(CONTACT, &id(1)).status("pending");
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve();
    let operator = server.operator();
    let patch = |tag: &str, email: &str| {
        let request = operator.request("PATCH", &file.path()).json(json!({ "email": email }));
        request.header("if-match", tag).send()
    };
    let delete = |tag: &str| operator.request("DELETE", &file.path()).header("if-match", tag).send();
    let etag = operator.etag(CONTACT, &id(1));
    let bytes = etag.trim_matches('"').split('-').next().unwrap().to_owned();
    let stale = format!("\"{}-0000000000000000\"", "0".repeat(bytes.len()));
    let before = snapshot(&site.root());
    for tag in [stale.clone(), format!("W/{etag}"), format!("{stale}, W/{etag}"), "\"x\"".to_owned(), "\"\"".to_owned()]
    {
        for answer in [patch(&tag, "a@corp.example"), delete(&tag)] {
            assert!(answer.status == 412 || answer.status == 400 && tag == "\"\"", "{tag}: {answer:?}");
            answer.problem(answer.status, if answer.status == 412 { "precondition-failed" } else { "invalid-query" });
        }
    }
    for tag in ["garbage", "\"open", "=", ","] {
        for answer in [patch(tag, "a@corp.example"), delete(tag)] {
            assert!([400, 412].contains(&answer.status), "{tag}: {answer:?}");
            answer.problem(answer.status, if answer.status == 412 { "precondition-failed" } else { "invalid-query" });
        }
    }
    assert_unchanged(&before, &snapshot(&site.root()));
    let mut current = patch(&etag, "a@corp.example").status(200).header("etag").to_owned();
    patch(&etag, "b@corp.example").problem(412, "precondition-failed");
    for (n, tag) in ["TAG", "\"x\", TAG", "\"BYTES\"", "\"BYTES-other\"", "*"].into_iter().enumerate() {
        let bytes = current.trim_matches('"').split('-').next().unwrap().to_owned();
        let tag = tag.replace("TAG", &current).replace("BYTES", &bytes);
        current = patch(&tag, &format!("c{n}@corp.example")).status(200).header("etag").to_owned();
        assert_eq!(current, operator.etag(CONTACT, &id(1)));
    }
    // Another program's write makes it stale, before any list knows.
    site.put(&file.clone().email("from4d@corp.example"));
    patch(&current, "d@corp.example").problem(412, "precondition-failed");
    // A change that would change nothing is refused all the same.
    patch(&current, "from4d@corp.example").problem(412, "precondition-failed");
    delete(&current).problem(412, "precondition-failed");
    delete(&operator.etag(CONTACT, &id(1))).status(204);
    for tag in ["*", &current] {
        delete(tag).problem(404, "not-found");
        patch(tag, "e@corp.example").problem(404, "not-found");
    }
}

#[test]
fn a_deleted_file_comes_back_with_its_mode() {
    let site = Site::new();
    let bytes = b"\xef\xbb\xbf{\r\t\"status\" : \"pending\",\r\t\"x\" : 1e400\r}".to_vec();
    let path = site.write(CONTACT, &id(1), &bytes);
    site.put(&session(CONTACT, &id(2)));
    fs::set_permissions(&path, fs::Permissions::from_mode(0o604)).unwrap();
    let server = site.serve();
    let operator = server.operator();
    let made = delete(&operator, &format!("{}?reason=lost%20phone", session_path(CONTACT, &id(1))));
    assert_eq!(names(&site.root().join(CONTACT)), [id(2)]);
    operator.get(&session_path(CONTACT, &id(1))).problem(404, "not-found");
    operator.delete(&session_path(CONTACT, &id(1))).problem(404, "not-found");
    assert_eq!(operator.json("/api/v1/sessions")["total"], 1, "the list knows at once");
    let entry = operator.json(&format!("{CHANGES}/{made}"));
    assert_eq!(
        (&entry["action"], &entry["reason"], &entry["after"]),
        (&json!("delete"), &json!("lost phone"), &Value::Null)
    );
    assert_eq!(entry["before"], json!({ "status": "pending", "email": null }));
    let result = undo(&operator, &made);
    assert_changed(&result);
    assert_eq!(site.read(CONTACT, &id(1)), bytes);
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o604);
    assert_eq!(operator.json("/api/v1/sessions")["total"], 2);
    let restore = operator.json(&format!("{CHANGES}/{}", result["change_id"].as_str().unwrap()));
    assert_eq!((&restore["action"], &restore["before"]), (&json!("restore"), &Value::Null));
    assert_eq!(restore["after"], json!({ "status": "pending", "email": null }));
}

#[test]
fn a_delete_is_not_undone_over_a_new_file() {
    let file = session(CONTACT, &id(1));
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve();
    let operator = server.operator();
    let made = delete(&operator, &file.path());
    site.put(&file.clone().email("again@corp.example"));
    let before = snapshot(&site.root());
    assert_failed(&undo(&operator, &made), 409, "already-there");
    assert_unchanged(&before, &snapshot(&site.root()));
    operator.refresh();
    assert_eq!(operator.json(&format!("{CHANGES}/{made}"))["can_undo"], false);
    fs::remove_file(site.path(CONTACT, &id(1))).unwrap();
    operator.refresh();
    assert_eq!(operator.json(&format!("{CHANGES}/{made}"))["can_undo"], true, "once that file is gone, it can");
    assert_changed(&undo(&operator, &made));
    assert_eq!(site.read(CONTACT, &id(1)), file.bytes());
}

#[test]
fn the_last_session_of_an_app_can_be_brought_back() {
    let file = session(CONTACT, &id(1));
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve();
    let made = delete(&server.operator(), &file.path());
    let pushes = server.viewer().json("/api/v1/push");
    assert_eq!(pushes["preview"]["remove"], json!([{ "app": CONTACT, "id": id(1) }]));
    assert!(site.root().join(CONTACT).is_dir(), "the folder is 4D's");
    assert_changed(&undo(&server.operator(), &made));
    assert_eq!(site.read(CONTACT, &id(1)), file.bytes());
}

#[test]
fn undo_refuses_values_changed_since() {
    let file = session(CONTACT, &id(1)).status("pending");
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve();
    let operator = server.operator();
    let made = change(&operator, &file.path(), json!({ "status": "accepted" }));
    // 4D writes other fields.
    let theirs = file.clone().status("accepted").set("/device/token", "new-push").set("/session/ip", "10.0.0.1");
    site.put(&theirs);
    assert_changed(&undo(&operator, &made));
    assert_eq!(site.read(CONTACT, &id(1)), theirs.clone().status("pending").bytes());

    let made = change(&operator, &file.path(), json!({ "status": "accepted", "email": "ann@corp.example" }));
    let theirs = theirs.status("accepted").email("from4d@corp.example");
    site.put(&theirs);
    let before = snapshot(&site.root());
    assert_failed(&undo(&operator, &made), 409, "changed-since");
    assert_unchanged(&before, &snapshot(&site.root()));
    site.write(CONTACT, &id(1), b"{ broken");
    age(&site.path(CONTACT, &id(1)), 100);
    let result = undo(&operator, &made);
    assert_eq!(result["items"][0]["outcome"], "failed");
    fs::remove_file(site.path(CONTACT, &id(1))).unwrap();
    assert_failed(&undo(&operator, &made), 404, "not-found");
    operator.post(&format!("{CHANGES}/01ARZ3NDEKTSV4RRFFQ69G5FAV/undo"), json!({})).problem(404, "not-found");
    operator.post(&format!("{CHANGES}/x/undo"), json!({})).problem(404, "not-found");
}

#[test]
fn can_undo_is_what_undo_does() {
    let files = [1, 2, 3].map(|n| session(CONTACT, &id(n)).status("pending"));
    let site = Site::with(&files);
    let server = site.serve();
    let operator = server.operator();
    let can = |id: &str| operator.json(&format!("{CHANGES}/{id}"))["can_undo"].as_bool().unwrap();
    let set = |n: u32, body: Value| change(&operator, &session_path(CONTACT, &id(n)), body);
    // Changed here by somebody since; the other value is another matter.
    let accepted = set(1, json!({ "status": "accepted" }));
    let mailed = set(1, json!({ "email": "ann@corp.example" }));
    let pending = set(1, json!({ "status": "pending" }));
    assert_eq!([can(&accepted), can(&mailed), can(&pending)], [false, true, true]);
    assert_failed(&undo(&operator, &accepted), 409, "changed-since");
    let undone = undo(&operator, &pending)["change_id"].as_str().unwrap().to_owned();
    assert_eq!([can(&accepted), can(&pending), can(&undone)], [true, false, true]);
    assert_changed(&undo(&operator, &undone));
    assert_eq!([can(&accepted), can(&pending), can(&undone)], [false, true, false]);
    // Changed by somebody else, or gone.
    let both = set(2, json!({ "status": "accepted", "email": "bob@corp.example" }));
    site.put(&files[1].clone().status("accepted").email("from4d@corp.example"));
    operator.refresh();
    assert!(!can(&both));
    assert_failed(&undo(&operator, &both), 409, "changed-since");
    fs::remove_file(site.path(CONTACT, &id(2))).unwrap();
    operator.refresh();
    assert!(!can(&both));
    // A file that was put back is taken away again only as it was.
    let deleted = delete(&operator, &files[2].path());
    assert!(can(&deleted));
    let restored = undo(&operator, &deleted)["change_id"].as_str().unwrap().to_owned();
    assert_eq!([can(&deleted), can(&restored)], [false, true]);
    site.put(&files[2].clone().set("/device/version", "99"));
    operator.refresh();
    assert!(!can(&restored));
    assert_failed(&undo(&operator, &restored), 409, "changed-since");
    // The list tells the same.
    let list = operator.json(CHANGES);
    for entry in list["items"].as_array().unwrap() {
        assert_eq!(entry["can_undo"], can(entry["id"].as_str().unwrap()), "{entry}");
    }
}

#[test]
fn a_batch_with_nothing_left_offers_no_undo() {
    let site = Site::with(&[1, 2].map(|n| session(CONTACT, &id(n)).status("pending")));
    let server = site.serve();
    let owner = user(&server, "olga", "owner", &[]);
    let body = json!({ "action": "set_status", "status": "accepted", "filter": { "status": "pending" } });
    let batch = owner.post("/api/v1/sessions/batch", body).status(200).json()["change_id"].as_str().unwrap().to_owned();
    let undo = format!("/changes/{batch}/undo");
    assert_eq!(owner.json(&format!("{CHANGES}?batch_id={batch}"))["total"], 2);
    owner.get(&format!("{CHANGES}?batch_id={batch}&batch={batch}")).problem_at(400, "invalid-query", "/batch");
    assert!(owner.get("/changes").text().contains(&undo));
    for n in [1, 2] {
        site.put(&session(CONTACT, &id(n)).status("banned"));
    }
    owner.refresh();
    assert!(!owner.get("/changes").text().contains(&undo));
}

#[test]
fn an_undo_can_be_undone() {
    let file = session(CONTACT, &id(1)).status("pending");
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve();
    let operator = server.operator();
    let mut last = change(&operator, &file.path(), json!({ "status": "accepted", "email": "ann@corp.example" }));
    let changed = site.read(CONTACT, &id(1));
    for round in 0..3 {
        let result = undo(&operator, &last);
        assert_changed(&result);
        let next = result["change_id"].as_str().unwrap().to_owned();
        let bytes = if round % 2 == 0 { file.bytes() } else { changed.clone() };
        assert_eq!(site.read(CONTACT, &id(1)), bytes, "round {round}");
        let entry = operator.json(&format!("{CHANGES}/{last}"));
        assert_eq!((&entry["undone_by"], &entry["can_undo"]), (&json!(next), &json!(false)));
        assert_failed(&undo(&operator, &last), 409, "already-undone");
        assert_eq!(operator.json(&format!("{CHANGES}/{next}"))["action"], "edit");
        last = next;
    }
    let made = delete(&operator, &file.path());
    let restored = undo(&operator, &made)["change_id"].as_str().unwrap().to_owned();
    let again = undo(&operator, &restored);
    assert_changed(&again);
    assert!(!site.path(CONTACT, &id(1)).exists(), "the restore is undone");
    assert_changed(&undo(&operator, again["change_id"].as_str().unwrap()));
    assert_eq!(site.read(CONTACT, &id(1)), file.bytes());
}

#[test]
fn an_entry_has_every_field_of_the_contract() {
    let file = session(CONTACT, &id(1)).status("pending");
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve();
    let operator = server.operator();
    let me = operator.json("/api/v1/me")["name"].clone();
    let body = json!({ "status": "accepted", "reason": "called, is Ann" });
    let answer = operator.request("PATCH", &file.path()).json(body).header("x-request-id", "my-own-id.42").send();
    let made = answer.status(200).header("x-change-id").to_owned();
    let mut entry = operator.json(&format!("{CHANGES}/{made}"));
    assert_eq!(operator.json(CHANGES)["items"][0], entry);
    let at = entry.as_object_mut().unwrap().remove("at").unwrap();
    let at = at.as_str().unwrap();
    assert!(at.len() == 24 && at.ends_with('Z') && at.as_bytes()[10] == b'T', "{at}");
    assert_eq!(
        entry,
        json!({
            "id": made, "batch_id": null, "actor": { "kind": "token", "name": me }, "action": "set_status",
            "app": CONTACT, "session": id(1),
            "before": { "status": "pending", "email": "" }, "after": { "status": "accepted", "email": "" },
            "reason": "called, is Ann", "reason_code": null, "request_id": "my-own-id.42", "outcome": "done", "undoes": null,
            "undone_by": null, "pushed_at": null, "pushed_by": null, "can_undo": true, "device": "iPhone X",
            "note_before": null, "note_after": null,
        })
    );
    for (body, action) in [
        (json!({ "email": "ann@corp.example" }), "set_email"),
        (json!({ "status": "pending", "email": "" }), "edit"),
        (json!({ "status": "accepted", "email": "" }), "set_status"),
    ] {
        let made = change(&operator, &file.path(), body);
        assert_eq!(operator.json(&format!("{CHANGES}/{made}"))["action"], action);
    }
}

#[test]
fn the_actor_is_who_asked_by_token_or_login() {
    let file = session(CONTACT, &id(1)).status("pending");
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve();
    let owner = server.first_owner();
    let request = owner.request("PATCH", &file.path()).json(json!({ "status": "accepted" }));
    let by_user = request.send().status(200).header("x-change-id").to_owned();
    let by_token = change(&server.operator(), &file.path(), json!({ "status": "pending" }));
    let actor = |id: &str| server.viewer().json(&format!("{CHANGES}/{id}"))["actor"].clone();
    assert_eq!(actor(&by_user), json!({ "kind": "user", "name": "owner1" }));
    let name = server.operator().json("/api/v1/me")["name"].clone();
    assert_eq!(actor(&by_token), json!({ "kind": "token", "name": name }));
    let found = server.viewer().json(&format!("{CHANGES}?actor=owner1"));
    assert_eq!((&found["total"], &found["items"][0]["id"]), (&json!(1), &json!(by_user)));
}

#[test]
fn the_journal_is_filtered_newest_first_and_paged() {
    let site = Site::with(&[session(CONTACT, &id(1)), session(CONTACT, &id(2)), session(TASKS, &id(1))]);
    let server = site.serve();
    let operator = server.operator();
    let mut made = Vec::new();
    for n in 0..6 {
        let status = if n % 2 == 0 { "pending" } else { "accepted" };
        made.push(change(&operator, &session_path(CONTACT, &id(1)), json!({ "status": status })));
    }
    made.push(change(&operator, &session_path(CONTACT, &id(2)), json!({ "email": "ann@corp.example" })));
    made.push(delete(&operator, &session_path(TASKS, &id(1))));
    made.reverse();
    let viewer = server.viewer();
    let ids = |query: &str| {
        let list = viewer.json(&format!("{CHANGES}?{query}"));
        assert_eq!(list["total"].as_u64().unwrap() as usize, list["items"].as_array().unwrap().len(), "{query}");
        viewer.ids(&format!("{CHANGES}?{query}"))
    };
    assert_eq!(ids(""), made);
    assert_eq!(ids(&format!("app={TASKS}")), made[..1]);
    assert_eq!(ids(&format!("session={}", id(2))), made[1..2]);
    assert_eq!(ids(&format!("session={}", id(1))).len(), 7);
    assert_eq!(ids("action=set_email"), made[1..2]);
    assert_eq!(ids("action=delete"), made[..1]);
    assert_eq!(ids("action=restore"), [""; 0]);
    assert_eq!(ids("actor=nobody"), [""; 0]);
    assert_eq!(ids(&format!("app={CONTACT}&action=set_status")), made[2..]);
    let at = viewer.json(&format!("{CHANGES}/{}", made[3]))["at"].as_str().unwrap().to_owned();
    let (since, until) = (ids(&format!("since={at}")), ids(&format!("until={at}")));
    assert!(since.contains(&made[3]) && !until.contains(&made[3]) && since.len() + until.len() == made.len());
    let mut walked = Vec::new();
    let mut path = format!("{CHANGES}?limit=3");
    for _ in 0..3 {
        let answer = viewer.get(&path).status(200);
        let page = answer.json();
        assert_eq!(page["total"], 8);
        walked.extend(page["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()));
        match page["next_cursor"].as_str() {
            Some(cursor) => {
                path = format!("{CHANGES}?limit=3&cursor={cursor}");
                assert_eq!(answer.header("link"), format!("<{path}>; rel=\"next\""));
            }
            None => assert!(!answer.has_header("link")),
        }
    }
    assert_eq!(walked, made);
    for (query, key) in [
        ("colour=red", "colour"),
        ("action=push", "action"),
        ("since=x", "since"),
        ("until=", "until"),
        ("limit=0", "limit"),
        ("limit=501", "limit"),
        ("cursor=x", "cursor"),
        ("app=a&app=b", "app"),
    ] {
        viewer.get(&format!("{CHANGES}?{query}")).problem_at(400, "invalid-query", &format!("/{key}"));
    }
    for wrong in ["x", "01ARZ3NDEKTSV4RRFFQ69G5FAV"] {
        viewer.get(&format!("{CHANGES}/{wrong}")).problem(404, "not-found");
    }
}

#[test]
fn the_journal_as_csv_is_whole_and_escaped() {
    let file = session(CONTACT, &id(1)).status("=pending()");
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve();
    let operator = server.operator();
    change(&operator, &file.path(), json!({ "status": "accepted", "reason": "=1+1" }));
    change(&operator, &file.path(), json!({ "email": "ann@corp.example", "reason": "a,\"b\"\nc" }));
    let answer = server.viewer().request("GET", &format!("{CHANGES}?limit=1")).header("accept", "text/csv").send();
    assert!(answer.header("content-type").starts_with("text/csv"), "{answer:?}");
    let mut reader = csv::Reader::from_reader(answer.body.as_slice());
    let heads = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let cell =
        |row: usize, name: &str| rows[row].get(heads.iter().position(|head| head == name).unwrap()).unwrap().to_owned();
    assert_eq!(rows.len(), 2);
    assert_eq!((cell(0, "action"), cell(0, "reason")), ("set_email".into(), "a,\"b\"\nc".into()));
    assert_eq!((cell(1, "before_status"), cell(1, "reason")), ("'=pending()".into(), "'=1+1".into()));
    assert_eq!((cell(1, "app"), cell(1, "session")), (CONTACT.to_owned(), id(1)));
}

#[test]
fn what_waits_for_a_push_is_told() {
    let site = Site::with(&[
        session(CONTACT, &id(1)),
        session(CONTACT, &id(2)),
        session(CONTACT, &id(3)).set("/team/id", "ABCDEFGHIJ"),
        session(CONTACT, &id(4)).without("/status"),
    ]);
    let server = site.serve();
    let operator = server.operator();
    let first = operator.json("/api/v1/push");
    assert_eq!((&first["configured"], &first["unpushed"], &first["last"]), (&json!(false), &json!(0), &Value::Null));
    assert_eq!(first["preview"]["noncompliant"].as_array().unwrap().len(), 1, "what is assumed does not count");
    assert_eq!(first["preview"]["noncompliant"][0]["id"], id(3));
    assert!(!first["preview"]["noncompliant"][0]["problems"].as_array().unwrap().is_empty());
    change(&operator, &session_path(CONTACT, &id(1)), json!({ "status": "pending" }));
    delete(&operator, &session_path(CONTACT, &id(2)));
    let state = operator.json("/api/v1/push");
    assert_eq!(state["unpushed"], 2);
    assert_eq!(state["preview"]["refresh"], json!([{ "app": CONTACT, "id": id(1) }]));
    assert_eq!(state["preview"]["remove"], json!([{ "app": CONTACT, "id": id(2) }]));
    operator.post("/api/v1/push", json!({ "allow_noncompliant": false })).problem(409, "push-not-configured");
    operator.post("/api/v1/push", json!({ "force": true })).problem_at(422, "invalid-value", "/force");
    assert_eq!(operator.json("/api/v1/push")["unpushed"], 2, "everything stays unpushed");
}

#[test]
fn what_was_changed_is_known_after_a_restart() {
    let file = session(CONTACT, &id(1)).status("pending");
    let site = Site::with(&[file.clone(), session(CONTACT, &id(2))]);
    let (made, gone) = {
        let server = site.serve();
        let made = change(&server.operator(), &file.path(), json!({ "status": "accepted" }));
        let gone = delete(&server.operator(), &session_path(CONTACT, &id(2)));
        // kill -9: what was answered is on disk.
        server.kill();
        (made, gone)
    };
    let server = site.serve();
    let operator = server.operator();
    assert_eq!(operator.ids(CHANGES), [gone.clone(), made.clone()]);
    assert_eq!(operator.json(&file.path())["unpushed"], true);
    assert_eq!(operator.json("/api/v1/push")["unpushed"], 2);
    assert_changed(&undo(&operator, &gone));
    assert_changed(&undo(&operator, &made));
    assert_eq!(site.read(CONTACT, &id(1)), file.bytes());
    assert_eq!(site.read(CONTACT, &id(2)), session(CONTACT, &id(2)).bytes());
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn deleted_files_expire_and_their_entries_stay() {
    let file = session(CONTACT, &id(1));
    let site = Site::with(&[file.clone(), session(CONTACT, &id(2))]);
    let (secret, old) = {
        let server = site.serve();
        let operator = server.operator();
        let old = delete(&operator, &file.path());
        assert_eq!(operator.json(&format!("{CHANGES}/{old}"))["can_undo"], true);
        assert_eq!(server.stop(), Some(0));
        (operator.secret.clone(), old)
    };
    // The least that can be chosen is a second.
    std::thread::sleep(Duration::from_millis(1100));
    let is_let_go = |user: &Token<'_>| user.json(&format!("{CHANGES}/{old}"))["can_undo"] == false;
    {
        let server = site.serve_with(&["--keep-deleted", "1s"]);
        let operator = server.caller(&secret);
        until(Duration::from_secs(10), "it is let go", || is_let_go(&operator));
        // What is deleted from now on is kept again.
        let new = delete(&operator, &session_path(CONTACT, &id(2)));
        assert_changed(&undo(&operator, &new));
        assert_eq!(server.stop(), Some(0));
    }
    // It is gone, however long it would be kept now.
    let server = site.serve();
    let operator = server.caller(&secret);
    assert!(is_let_go(&operator));
    assert_failed(&undo(&operator, &old), 409, "not-kept");
    assert!(!site.path(CONTACT, &id(1)).exists());
    let entry = operator.json(&format!("{CHANGES}/{old}"));
    assert_eq!((&entry["action"], &entry["outcome"]), (&json!("delete"), &json!("done")), "{entry}");
    assert_eq!((&entry["app"], &entry["session"]), (&json!(CONTACT), &json!(id(1))), "{entry}");
}

#[test]
fn undoing_an_accept_restores_the_queue_position() {
    let site = Site::new();
    for n in 1..=3 {
        site.put_aged(&session(CONTACT, &id(n)).status("pending"), 3600 - 600 * u64::from(n));
    }
    let server = site.serve();
    let operator = server.operator();
    let waiting = |user: &Token<'_>| -> Vec<Value> {
        let list = user.json("/api/v1/sessions?status=pending&sort=pending_since");
        let facts = |item: &Value| json!([item["id"], item["pending_since"], item["first_seen_at"]]);
        list["items"].as_array().unwrap().iter().map(facts).collect()
    };
    let before = waiting(&operator);
    assert_eq!(before.len(), 3);
    let accept = |user: &Token<'_>, n| change(user, &session_path(CONTACT, &id(n)), json!({ "status": "accepted" }));
    // Undone, done again, and undone again.
    let accepted = accept(&operator, 1);
    let undone = undo(&operator, &accepted);
    assert_changed(&undone);
    assert_eq!(waiting(&operator), before);
    let again = undo(&operator, undone["change_id"].as_str().unwrap());
    assert_changed(&again);
    assert_eq!(waiting(&operator), before[1..]);
    assert_changed(&undo(&operator, again["change_id"].as_str().unwrap()));
    assert_eq!(waiting(&operator), before);
    // Many at once, and from before a restart.
    let of_all = json!({ "action": "set_status", "status": "accepted", "filter": { "status": "pending" } });
    let batch = operator.post("/api/v1/sessions/batch", of_all).status(200).json()["change_id"].clone();
    assert_eq!(waiting(&operator).len(), 0);
    let secret = operator.secret.clone();
    assert_eq!(server.stop(), Some(0));
    let server = site.serve();
    let operator = server.caller(&secret);
    operator.post(&format!("/api/v1/changes/{}/undo", batch.as_str().unwrap()), json!({})).status(200);
    assert_eq!(waiting(&operator), before);
    // Who is set pending by a person begins to wait.
    accept(&operator, 1);
    operator.patch(&session_path(CONTACT, &id(1)), json!({ "status": "pending" })).status(200);
    let now = waiting(&operator);
    assert_eq!(now[..2], before[1..]);
    assert_ne!(now[2], before[0]);
}
