//! Lists of sessions: filters, order, pages, search, CSV.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::spawn::*;

const LIST: &str = "/api/v1/sessions";

/// The numbers of the sessions of a list, in its order.
#[track_caller]
fn numbers(user: &impl User, query: &str) -> Vec<u32> {
    let list = user.json(&format!("{LIST}?{query}"));
    let found = numbers_of(&list);
    assert_eq!(list["total"], found.len(), "{query}");
    found
}

fn numbers_of(list: &Value) -> Vec<u32> {
    let number = |item: &Value| u32::from_str_radix(&item["id"].as_str().unwrap()[8..], 16).unwrap();
    list["items"].as_array().unwrap().iter().map(number).collect()
}

/// Sessions that differ in everything that can be asked for.
fn varied() -> Site {
    let site = Site::new();
    let aged = [
        session(CONTACT, &id(1)).email("Ann@Corp.example").set("/device/os", "iOS").set("/device/id", "DEV-a"),
        session(CONTACT, &id(2)).status("pending").set("/device/description", "Pixel 4").set("/device/os", "Android"),
        session(CONTACT, &id(3)).status("banned").set("/device/simulator", true).set("/device/os", "iPadOS"),
        session(TASKS, &id(4)).status("pending").email("bob@corp.example").set("/application/name", "Tâches Élevées"),
        session(TASKS, &id(5)).without("/email").without("/device/version").set("/session/ip", "::ffff:10.1.2.3"),
        session(ANDROID, &id(6)).without("/device").set("/email", "zoe@other.example"),
    ];
    for (n, file) in (1..).zip(&aged) {
        site.put_aged(file, 1000 - 100 * n);
    }
    site.write(CONTACT, &id(7), b"{ broken");
    age(&site.path(CONTACT, &id(7)), 300);
    site
}

#[test]
fn each_key_filters_by_what_it_says() {
    let site = varied();
    let server = site.serve();
    let viewer = server.viewer();
    for (query, expected) in [
        ("", vec![1, 2, 3, 4, 5, 6, 7]),
        ("status=accepted", vec![1, 5, 6]),
        ("status=pending", vec![2, 4]),
        ("status=other", vec![3, 7]),
        ("q=PIXEL", vec![2]),
        ("q=ipados", vec![3]),
        ("q=11.3", vec![1, 2, 3, 4]),
        ("q=ann%40corp", vec![1]),
        ("q=t%C3%82CHES%20%C3%A9l", vec![4]),
        ("q=contactapp.tasks", vec![4, 5]),
        ("q=only", vec![6]),
        ("q=dev-A", vec![1]),
        ("q=10.1.2", vec![5]),
        ("q=nothing+at+all", vec![]),
        ("q=", vec![1, 2, 3, 4, 5, 6, 7]),
        ("email=ANN%40corp.EXAMPLE", vec![1]),
        ("email=ann", vec![]),
        ("email=", vec![2, 3]),
        ("device_id=dev-A", vec![1]),
        ("os=IOS", vec![1]),
        ("os=ipados", vec![3]),
        ("compliant=false", vec![7]),
        ("compliant=true&status=other", vec![3]),
        ("simulator=true", vec![3]),
        ("simulator=false", vec![1, 2, 4, 5]),
        ("unpushed=true", vec![]),
        ("unpushed=false", vec![1, 2, 3, 4, 5, 6, 7]),
    ] {
        let mut found = numbers(&viewer, query);
        found.sort();
        assert_eq!(found, expected, "{query}");
    }
    assert_eq!(numbers(&viewer, &format!("q={}", id(3))), [3]);
    assert_eq!(numbers(&viewer, &format!("app={TASKS}&sort=id")).len(), 2);
    assert_eq!(numbers(&viewer, "app=com.none"), [0; 0]);
    server.operator().patch(&session_path(TASKS, &id(4)), json!({ "status": "accepted" })).status(200);
    assert_eq!(numbers(&viewer, "unpushed=true"), [4]);
    assert_eq!(numbers(&viewer, &format!("app={TASKS}&status=accepted&q=bob&unpushed=true")), [4]);
}

#[test]
fn times_are_from_and_before() {
    let site = varied();
    let server = site.serve();
    let viewer = server.viewer();
    let time = viewer.json(&session_path(CONTACT, &id(3)))["modified_at"].as_str().unwrap().to_owned();
    let sorted = |query: String| {
        let mut found = numbers(&viewer, &query);
        found.sort();
        found
    };
    assert_eq!(sorted(format!("modified_since={time}")), [3, 4, 5, 6, 7], "at that time or after");
    assert_eq!(sorted(format!("modified_before={time}")), [1, 2], "before it");
    assert_eq!(sorted(format!("modified_since={time}&modified_before={time}")), [0; 0]);
    // Another zone, with its plus sign encoded.
    assert_eq!(sorted("modified_since=2000-01-01T00:00:00%2B02:00".to_owned()).len(), 7);
    assert_eq!(sorted("modified_before=2000-01-01T00:00:00Z".to_owned()), [0; 0]);
}

/// What a session is sorted by; `None` for null.
fn sort_value(session: &Value, key: &str) -> Option<String> {
    let text = |value: &Value| value.as_str().map(str::to_lowercase);
    match key {
        "device" => text(&session["device"]["description"]),
        "os" => {
            let parts: Vec<String> =
                [&session["device"]["os"], &session["device"]["version"]].into_iter().filter_map(text).collect();
            (!parts.is_empty()).then(|| parts.join(" "))
        }
        "modified" => text(&session["modified_at"]),
        "first_seen" => text(&session["first_seen_at"]),
        key => session[key].as_str().map(|text| if key == "app" { text.to_owned() } else { text.to_lowercase() }),
    }
}

#[test]
fn each_sort_goes_both_ways_with_stable_ties() {
    let site = varied();
    // Ties in everything but app and id; one id in two apps.
    for (app, n) in [(TASKS, 20), (CONTACT, 21), (CONTACT, 20), (ANDROID, 22)] {
        site.put_aged(&session(app, &id(n)).set("/device/description", "IPHONE x").email("SAME@corp.example"), 500);
    }
    let server = site.serve();
    let viewer = server.viewer();
    let all = viewer.json(&format!("{LIST}?limit=500"))["items"].as_array().unwrap().clone();
    for key in ["device", "status", "os", "email", "app", "modified", "pending_since", "first_seen", "id"] {
        for descending in [false, true] {
            let mut expected = all.clone();
            expected.sort_by(|a, b| {
                let order = match (sort_value(a, key), sort_value(b, key)) {
                    (Some(a), Some(b)) => a.cmp(&b),
                    (None, None) => Ordering::Equal,
                    (None, Some(_)) => Ordering::Greater,
                    (Some(_), None) => Ordering::Less,
                };
                let order = if descending { order.reverse() } else { order };
                let tie =
                    |one: &Value| (one["app"].as_str().unwrap().to_owned(), one["id"].as_str().unwrap().to_owned());
                order.then_with(|| tie(a).cmp(&tie(b)))
            });
            let sort = format!("{}{key}", if descending { "-" } else { "" });
            let list = viewer.json(&format!("{LIST}?sort={sort}&limit=500"));
            let short = |list: &[Value]| {
                let one = |one: &Value| format!("{} {} {:?}", one["app"], one["id"], sort_value(one, key));
                list.iter().map(one).collect::<Vec<_>>()
            };
            assert_eq!(short(list["items"].as_array().unwrap()), short(&expected), "{sort}");
            // Page by page it is the same list.
            assert_eq!(short(&walk(&viewer, &format!("sort={sort}&limit=3"))), short(&expected), "{sort} in pages");
        }
    }
    let default = viewer.json(LIST);
    assert_eq!(default["items"], viewer.json(&format!("{LIST}?sort=-modified"))["items"]);
}

/// All items of a list, page by page, through `next_cursor`.
#[track_caller]
fn walk(user: &impl User, query: &str) -> Vec<Value> {
    let mut items = Vec::new();
    let mut cursor = String::new();
    for _ in 0..1000 {
        let page = user.json(&format!("{LIST}?{query}{cursor}"));
        items.extend(page["items"].as_array().unwrap().iter().cloned());
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={}", segment(next)),
            None => return items,
        }
    }
    panic!("the pages have no end");
}

#[test]
fn limits_have_bounds_and_a_default() {
    let site = Site::with(&(1..=60).map(|n| session(CONTACT, &id(n))).collect::<Vec<_>>());
    let server = site.serve();
    let viewer = server.viewer();
    let count = |query: &str| {
        let list = viewer.json(&format!("{LIST}{query}"));
        assert_eq!(list["total"], 60, "the total is of the whole list");
        (list["items"].as_array().unwrap().len(), list["next_cursor"].is_null())
    };
    assert_eq!(count(""), (50, false));
    assert_eq!(count("?limit=1"), (1, false));
    assert_eq!(count("?limit=59"), (59, false));
    assert_eq!(count("?limit=60"), (60, true));
    assert_eq!(count("?limit=500"), (60, true));
    for wrong in ["0", "501", "-1", "x", "", "1.5", "99999999999999999999"] {
        viewer.get(&format!("{LIST}?limit={wrong}")).problem_at(400, "invalid-query", "/limit");
    }
}

#[test]
fn the_link_header_leads_through_all_pages() {
    let site = Site::with(&(1..=25).map(|n| session(CONTACT, &id(n)).email("a@corp.example")).collect::<Vec<_>>());
    let server = site.serve();
    let viewer = server.viewer();
    let mut path = format!("{}/sessions?email=a%40corp.example&sort=id&limit=10", app_path(CONTACT));
    let mut seen = Vec::new();
    for page in 1..=3 {
        let answer = viewer.get(&path).status(200);
        seen.extend(numbers_of(&answer.json()));
        if page == 3 {
            assert!(!answer.has_header("link"), "{answer:?}");
            assert_eq!(answer.json()["next_cursor"], Value::Null);
        } else {
            let link = answer.header("link");
            let (target, rest) = link.strip_prefix('<').and_then(|rest| rest.split_once('>')).expect("a link");
            assert_eq!(rest.trim(), "; rel=\"next\"");
            path = target.to_owned();
        }
    }
    seen.sort();
    assert_eq!(seen, (1..=25).collect::<Vec<_>>());
}

#[test]
fn paging_during_changes_shows_each_session_once() {
    for sort in ["-modified", "device", "id", "-email", "app", "pending_since"] {
        let site = Site::new();
        let file = |n: u32| {
            let app = if n.is_multiple_of(3) { TASKS } else { CONTACT };
            let file = session(app, &id(n)).set("/device/description", format!("Device {}", n % 5));
            file.email(&format!("user{}@corp.example", n % 7)).status(if n.is_multiple_of(2) {
                "pending"
            } else {
                "accepted"
            })
        };
        (0..60).for_each(|n| drop(site.put_aged(&file(n), 1000 + u64::from(n % 9))));
        let server = site.serve();
        let viewer = server.viewer();
        let mut seen: BTreeMap<u32, u32> = BTreeMap::new();
        let mut cursor = String::new();
        let mut new = 1000;
        for page in 0u32.. {
            assert!(page < 60, "the pages have no end");
            let list = viewer.json(&format!("{LIST}?sort={sort}&limit=7{cursor}"));
            numbers_of(&list).into_iter().for_each(|n| *seen.entry(n).or_default() += 1);
            let Some(next) = list["next_cursor"].as_str() else { break };
            cursor = format!("&cursor={next}");
            // The page's last session goes, and so does one anywhere; others come in front and behind.
            let last = numbers_of(&list).pop().unwrap();
            for n in [last, page * 11 % 60] {
                if n.is_multiple_of(4) {
                    let gone = file(n);
                    let _ = std::fs::remove_file(site.path(&gone.app, &gone.id));
                }
            }
            for age in [0, 5000] {
                if page < 10 {
                    site.put_aged(&file(new), age);
                    new += 1;
                }
            }
            server.viewer().refresh();
        }
        for n in (0..60u32).filter(|n| !n.is_multiple_of(4)) {
            assert_eq!(seen.get(&n), Some(&1), "{sort}: session {n}");
        }
        assert!(seen.values().all(|&times| times == 1), "{sort}: {seen:?}");
    }
}

#[test]
fn a_cursor_is_good_for_its_own_list_alone() {
    let site = Site::with(&(1..=9).map(|n| session(CONTACT, &id(n))).collect::<Vec<_>>());
    let server = site.serve();
    let viewer = server.viewer();
    let page = viewer.json(&format!("{LIST}?sort=email&limit=2"));
    let cursor = segment(page["next_cursor"].as_str().unwrap());
    viewer.get(&format!("{LIST}?sort=email&limit=5&cursor={cursor}")).status(200);
    for query in ["sort=-email", "sort=id", "", "sort=email&status=accepted", "sort=email&q=x", "sort=email&os=x"] {
        viewer.get(&format!("{LIST}?{query}&cursor={cursor}")).problem_at(400, "invalid-query", "/cursor");
    }
    for wrong in ["x", "", "%00", "eyJhIjoxfQ", "'%22"] {
        viewer.get(&format!("{LIST}?sort=email&cursor={wrong}")).problem_at(400, "invalid-query", "/cursor");
    }
    // The app's own address is another list only by its path.
    let page = viewer.json(&format!("{}/sessions?limit=2", app_path(CONTACT)));
    let cursor = segment(page["next_cursor"].as_str().unwrap());
    viewer.get(&format!("{LIST}?cursor={cursor}")).problem_at(400, "invalid-query", "/cursor");
}

#[test]
fn unknown_and_doubled_keys_are_named() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let viewer = server.viewer();
    for (query, key) in [
        ("colour=red", "colour"),
        ("Status=pending", "Status"),
        ("status=Pending", "status"),
        ("status=", "status"),
        ("status=accepted,", "status"),
        ("sort=name", "sort"),
        ("sort=--id", "sort"),
        ("sort=", "sort"),
        ("compliant=1", "compliant"),
        ("compliant=TRUE", "compliant"),
        ("simulator=yes", "simulator"),
        ("unpushed=", "unpushed"),
        ("modified_since=yesterday", "modified_since"),
        ("modified_since=2026-01-01", "modified_since"),
        ("modified_before=2026-13-01T00:00:00Z", "modified_before"),
        ("push_token=x", "push_token"),
        ("q=a&q=a", "q"),
        ("status=pending&status=pending", "status"),
        ("page=2", "page"),
        ("q=%FF", "q"),
        ("a~b%2Fc=1", "a~0b~1c"),
    ] {
        viewer.get(&format!("{LIST}?{query}")).problem_at(400, "invalid-query", &format!("/{key}"));
    }
    let of_app = format!("{}/sessions", app_path(CONTACT));
    viewer.get(&format!("{of_app}?app={TASKS}")).problem_at(400, "invalid-query", "/app");
    viewer.get(&format!("{of_app}?colour=red")).problem_at(400, "invalid-query", "/colour");
    viewer.get(&format!("{}/sessions", app_path("com.none"))).problem(404, "not-found");
    // With the right too: it must not stand in an address.
    let reader = server.token_with("viewer", &[], true);
    reader.get(&format!("{LIST}?push_token=x")).problem_at(400, "invalid-query", "/push_token");
}

#[test]
fn search_answers_the_same_as_a_list() {
    let site = varied();
    let server = site.serve();
    let viewer = server.viewer();
    let search = |body: Value| viewer.post("/api/v1/sessions/search", body).status(200).json();
    for (query, body) in [
        ("", json!({})),
        ("status=pending&sort=-email", json!({ "status": "pending", "sort": "-email" })),
        ("compliant=false", json!({ "compliant": false })),
        ("simulator=true&limit=1", json!({ "simulator": true, "limit": 1 })),
        ("limit=2&sort=id", json!({ "limit": 2, "sort": "id", "q": null })),
        ("email=", json!({ "email": "" })),
        ("modified_since=2000-01-01T00:00:00Z", json!({ "modified_since": "2000-01-01T00:00:00Z" })),
    ] {
        assert_eq!(search(body), viewer.json(&format!("{LIST}?{query}")), "{query}");
    }
    assert_eq!(search(json!({ "app": TASKS })), viewer.json(&format!("{LIST}?app={TASKS}")));
    let first = search(json!({ "sort": "id", "limit": 4 }));
    let second = search(json!({ "sort": "id", "limit": 4, "cursor": first["next_cursor"] }));
    assert_eq!(second["items"].as_array().unwrap().len(), 3);
    assert_eq!(second["next_cursor"], Value::Null);
    let csv = viewer.request("POST", "/api/v1/sessions/search").header("accept", "text/csv").json(json!({}));
    let list = viewer.request("GET", LIST).header("accept", "text/csv").send().status(200);
    assert_eq!(csv.send().status(200).text(), list.text());
}

#[test]
fn search_refuses_what_it_does_not_know_and_names_it() {
    let site = varied();
    let server = site.serve();
    let viewer = server.viewer();
    let search = |body: Value| viewer.post("/api/v1/sessions/search", body);
    for (body, key) in [
        (json!({ "colour": "red" }), "colour"),
        (json!({ "status": "Pending" }), "status"),
        (json!({ "limit": 501 }), "limit"),
        (json!({ "limit": [1] }), "limit"),
        (json!({ "q": {} }), "q"),
        (json!({ "compliant": "perhaps" }), "compliant"),
        (json!({ "sort": 5 }), "sort"),
        (json!({ "cursor": "x" }), "cursor"),
    ] {
        let answer = search(body);
        assert!([400, 422].contains(&answer.status), "{answer:?}");
        answer.problem_at(
            answer.status,
            if answer.status == 400 { "invalid-query" } else { "invalid-value" },
            &format!("/{key}"),
        );
    }
    search(json!([])).problem(422, "invalid-value");
    viewer
        .request("POST", "/api/v1/sessions/search")
        .json(json!({}))
        .body(r#"{"q":"a","q":"b"}"#)
        .send()
        .problem(400, "malformed-body");
    viewer.post("/api/v1/sessions/search?q=x", json!({})).problem_at(400, "invalid-query", "/q");
}

#[test]
fn finding_by_push_token_needs_the_right() {
    let site = Site::with(&[
        session(CONTACT, &id(1)).set("/device/token", "push-one"),
        session(TASKS, &id(2)).set("/device/token", "push-two"),
        session(TASKS, &id(3)).set("/device/token", "push-one"),
        session(TASKS, &id(4)),
    ]);
    let server = site.serve();
    let search = |user: &Token<'_>, body: Value| user.post("/api/v1/sessions/search", body);
    for role in ["viewer", "operator", "owner"] {
        let answer = search(&server.token(role), json!({ "push_token": "push-one" }));
        answer.problem(403, "forbidden");
        assert!(!answer.text().contains("push-one"), "{answer:?}");
    }
    let reader = server.token_with("viewer", &[], true);
    let found = |body: Value| numbers_of(&search(&reader, body).status(200).json());
    assert_eq!(found(json!({ "push_token": "push-one", "sort": "id" })).len(), 2);
    assert_eq!(found(json!({ "push_token": "push-one", "app": TASKS })), [3]);
    assert_eq!(found(json!({ "push_token": "push" })), [0; 0], "the whole token");
    assert_eq!(found(json!({ "push_token": "PUSH-ONE" })), [0; 0], "exactly");
    assert_eq!(found(json!({ "push_token": "" })), [0; 0]);
    let held = server.token_with("viewer", &[CONTACT], true);
    assert_eq!(numbers_of(&search(&held, json!({ "push_token": "push-one" })).status(200).json()), [1]);
}

#[track_caller]
fn csv(user: &impl User, path: &str) -> (Vec<String>, Vec<BTreeMap<String, String>>) {
    let answer = user.request("GET", path).header("accept", "text/csv").send().status(200);
    assert!(answer.header("content-type").starts_with("text/csv"), "{answer:?}");
    let mut reader = csv::Reader::from_reader(answer.body.as_slice());
    let heads: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows = reader.records().map(|row| {
        let row = row.expect("a row as long as the head");
        heads.iter().cloned().zip(row.iter().map(str::to_owned)).collect()
    });
    let rows = rows.collect();
    (heads, rows)
}

#[test]
fn csv_has_the_whole_result_in_order() {
    let site = Site::new();
    for n in 0..520 {
        site.put(
            &session(if n % 2 == 0 { CONTACT } else { TASKS }, &id(n)).email(&format!("u{}@corp.example", n % 10)),
        );
    }
    let server = site.serve();
    let viewer = server.viewer();
    let (heads, rows) = csv(&viewer, &format!("{LIST}?sort=-email&limit=3"));
    assert!(["app", "id", "status", "email"].iter().all(|head| heads.iter().any(|known| known == head)), "{heads:?}");
    assert!(!heads.iter().any(|head| head.contains("token")), "{heads:?}");
    let walked = walk(&viewer, "sort=-email&limit=500");
    assert_eq!(rows.len(), 520);
    for (row, item) in rows.iter().zip(&walked) {
        for key in ["app", "id", "status", "email", "ip", "modified_at", "first_seen_at"] {
            assert_eq!(row[key], item[key].as_str().unwrap(), "{key}");
        }
        assert_eq!(row["size"], item["size"].to_string());
    }
    let (_, rows) = csv(&viewer, &format!("{}/sessions?email=u3%40corp.example", app_path(TASKS)));
    assert_eq!(rows.len(), 52);
    assert!(rows.iter().all(|row| row["app"] == TASKS && row["email"] == "u3@corp.example"));
    let (_, rows) = csv(&viewer, &format!("{LIST}?q=nobody"));
    assert!(rows.is_empty(), "a head alone");
    let wrong = viewer.request("GET", &format!("{LIST}?colour=red")).header("accept", "text/csv").send();
    wrong.problem_at(400, "invalid-query", "/colour");
}

#[test]
fn csv_cells_that_a_spreadsheet_would_run_are_escaped() {
    let site = Site::new();
    for (n, text) in (1..).zip(["=1+1", "+1", "-1", "@x", "plain", "a,\"b\"\r\nc", "a=b"]) {
        site.put(&session(CONTACT, &id(n)).set("/device/description", text).set("/email", text));
    }
    let server = site.serve();
    let (_, rows) = csv(&server.viewer(), LIST);
    let by_id: BTreeMap<&str, &BTreeMap<String, String>> = rows.iter().map(|row| (row["id"].as_str(), row)).collect();
    for (n, (text, escaped)) in (1..).zip([
        ("=1+1", true),
        ("+1", true),
        ("-1", true),
        ("@x", true),
        ("plain", false),
        ("a,\"b\"\r\nc", false),
        ("a=b", false),
    ]) {
        let row = by_id[id(n).as_str()];
        let expected = if escaped { format!("'{text}") } else { text.to_owned() };
        assert_eq!((&row["email"], &row["device_description"]), (&expected, &expected));
    }
}

#[test]
fn csv_is_given_to_those_who_ask_for_it() {
    let site = varied();
    let server = site.serve();
    let viewer = server.viewer();
    for (accept, wanted) in [("text/csv", true), ("*/*", false), ("application/json", false), ("text/csv;q=0", false)] {
        let answer = viewer.request("GET", LIST).header("accept", accept).send().status(200);
        assert_eq!(answer.header("content-type").starts_with("text/csv"), wanted, "{accept}");
        assert!(answer.header("vary").to_lowercase().contains("accept"), "{answer:?}");
    }
}
